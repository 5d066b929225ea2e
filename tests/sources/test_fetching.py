"""A source's runs: claimed once, health told, resumed where they broke off, stopped in time."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from feeds import fetching, tasks
from feeds.health import MOST_FAILURES, wait_after
from feeds.models import Digest, Paper, Source
from feeds.models.source import STALE
from tests.factories import digest, entry
from tests.site import Site
from tests.sources.conftest import NOW, Run, minutes


@pytest.fixture
def feed(makes, site: Site) -> Source:
    site.gives("/feed", digest(entry("Sparse attention"), entry()))
    return makes("rss", url=site.url("/feed"))


def test_a_run_brings_papers_and_says_when_the_next_one_is(feed: Source, runs: Run) -> None:
    outcome = runs(feed)
    assert (outcome.documents, outcome.new, outcome.error) == (1, 2, "")
    assert feed.last_success_at - NOW < minutes(1)
    assert feed.next_run_at == feed.last_success_at + minutes(60)
    assert feed.claimed_at is None
    assert Digest.objects.get().source == feed


def test_what_is_due_is_run_and_nothing_else(feed: Source, makes, runs: Run) -> None:
    makes("", slug="by-hand")
    assert fetching.due(NOW) == [feed.pk]
    runs(feed)
    assert fetching.due(NOW + minutes(59)) == []
    assert fetching.due(NOW + minutes(62)) == [feed.pk]
    Source.objects.update(enabled=False)
    assert fetching.due(NOW + minutes(62)) == []
    assert fetching.run(feed.pk, NOW + minutes(62)) is None


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"status": 503}, "answers 503"),
        ({"status": 404}, "answers 404"),
        ({"body": b"<html>Good morning.</html>"}, "no digest"),
        ({"body": b"half", "Content_Length": "8"}, "broke off"),
        ({"status": 302, "Location": "/feed"}, "redirects"),
        ({"status": 302, "Location": "http://127.0.0.2/"}, "not public"),
        ({"body": gzip.compress(b"x" * 2_000_000), "Content_Encoding": "gzip"}, "more than"),
    ],
)
def test_a_failure_is_told_in_a_sentence(
    feed: Source, runs: Run, site: Site, answer, sentence: str
) -> None:
    site.gives("/feed", **answer)
    assert sentence in runs(feed).error
    assert sentence in feed.last_error
    assert (feed.failures, feed.last_success_at, feed.claimed_at) == (1, None, None)
    assert minutes(0.7) < feed.next_run_at - NOW < minutes(2)


def test_a_body_that_drips_is_given_up(feed: Source, runs: Run, site: Site) -> None:
    ends = threading.Event()
    site.answers["/feed"] = lambda _: ends.wait(10)
    assert "silent" in runs(feed).error
    ends.set()


def test_a_source_comes_back_no_earlier_than_it_was_told(
    feed: Source, runs: Run, site: Site
) -> None:
    site.gives("/feed", status=503, Retry_After="7200")
    runs(feed)
    assert minutes(120) <= feed.next_run_at - NOW < minutes(121)


def test_a_wait_beyond_reason_is_cut(feed: Source, runs: Run, site: Site) -> None:
    site.gives("/feed", status=503, Retry_After="999999999")
    runs(feed)
    assert feed.next_run_at - NOW < timedelta(days=8)


def test_ten_failures_in_a_row_stop_it_with_a_reason(feed: Source, runs: Run, site: Site) -> None:
    site.gives("/feed", b"garbage")
    now = NOW
    for _ in range(MOST_FAILURES):
        assert not feed.stopped_at
        runs(feed, now, asked=False)
        now = feed.next_run_at or now
    assert feed.stopped_at
    assert feed.last_error.startswith("Stopped after 10 failures in a row. The last: This is no")
    assert feed.last_error.endswith("or `manage.py fetch daily`, starts it again.")
    assert fetching.due(now + timedelta(days=30)) == []


def test_a_person_starts_a_stopped_source_again(feed: Source, runs: Run) -> None:
    Source.objects.update(stopped_at=NOW, failures=10)
    assert fetching.restart([feed.pk], NOW) == 1
    assert fetching.due(NOW) == [feed.pk]
    runs(feed)
    assert (feed.stopped_at, feed.failures) == (None, 0)


def test_a_success_ends_the_row_of_failures(feed: Source, runs: Run) -> None:
    Source.objects.update(failures=9)
    runs(feed)
    assert feed.failures == 0


def test_a_source_that_gets_further_each_time_does_not_fail_in_a_row(
    makes, runs: Run, site: Site
) -> None:
    source = makes("hf_daily", base=site.url(""), since="2026-04-15", again=0)

    def one_day_at_a_time(request) -> None:
        if len(site.asked) % 3:
            site.gives_now(request, digest(entry()))
        else:
            site.gives_now(request, b"", 503)

    site.answers["/api/daily_papers"] = one_day_at_a_time
    for _ in range(3):
        assert "answers 503" in runs(source).error
        assert source.failures == 1


def test_a_source_that_takes_a_step_and_is_refused_the_next_fails_in_a_row(
    makes, runs: Run, site: Site
) -> None:
    source = makes("hf_daily", base=site.url(""), since="2026-04-15", again=0)

    def refuses_each_second(request) -> None:
        site.gives_now(request, digest(entry()), 200 if len(site.asked) % 2 else 403)

    site.answers["/api/daily_papers"] = refuses_each_second
    for count in (1, 2, 3):
        assert runs(source).documents == 1
        assert source.failures == count


def test_a_long_document_renews_the_claim(feed: Source, runs: Run, site: Site, monkeypatch) -> None:
    monkeypatch.setattr("feeds.ingest.BATCH", 1)
    seen: list[object] = []

    def looks(self: object, *given: object) -> None:
        inner(self, *given)
        seen.append(Source.objects.get().claimed_at)

    inner = fetching._Run._renew
    monkeypatch.setattr(fetching._Run, "_renew", looks)
    runs(feed)
    assert len(set(seen)) == 2


def test_who_is_told_to_end_gives_the_source_back(feed: Source, ask) -> None:
    def interrupted(url: str, **given):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetching.run(feed.pk, NOW, ask=interrupted)
    feed.refresh_from_db()
    assert (feed.claimed_at, feed.failures) == (None, 0)


def test_a_mistake_of_ours_is_a_failure_with_its_name(feed: Source, runs: Run, ask) -> None:
    def mistaken(url: str, **given):
        raise ZeroDivisionError("by nothing")

    outcome = fetching.run(feed.pk, NOW, ask=mistaken)
    assert outcome
    assert outcome.error == "ZeroDivisionError: by nothing"
    feed.refresh_from_db()
    assert (feed.failures, feed.claimed_at) == (1, None)


def test_each_document_is_told_of(makes, runs: Run, site: Site) -> None:
    site.answers["/api/daily_papers"] = lambda request: site.gives_now(request, digest(entry()))
    told: list[int] = []
    source = makes("hf_daily", base=site.url(""), since="2026-04-22")
    runs(source, progress=lambda so_far: told.append(so_far.documents))
    assert told == [1, 2, 3]


def test_waits_grow_and_end_at_hours() -> None:
    assert minutes(0.75) <= wait_after(1) <= minutes(1.5)
    assert minutes(6) <= wait_after(4) <= minutes(12)
    assert wait_after(500) <= timedelta(hours=9)
    assert len({wait_after(3) for _ in range(20)}) > 1
    assert wait_after(1, retry_after=3600.0) == minutes(60)


def test_wrong_settings_and_a_plugin_that_is_gone_are_failures(makes, runs: Run) -> None:
    wrong = makes("rss", slug="wrong", url="nowhere at all")
    assert "url: Enter a valid URL." in runs(wrong).error
    assert "no plugin 'gone'" in runs(makes("gone", slug="gone")).error


@pytest.mark.django_db(transaction=True)
def test_two_workers_run_a_source_once(feed: Source, site: Site, ask) -> None:
    arrived, goes_on = threading.Event(), threading.Event()
    good = site.answers["/feed"]

    def slowly(request) -> None:
        arrived.set()
        goes_on.wait(10)
        good(request)

    site.answers["/feed"] = slowly

    def work():
        try:
            return fetching.run(feed.pk, NOW, ask=ask)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        first = workers.submit(work)
        assert arrived.wait(10)
        second = workers.submit(work).result()
        goes_on.set()
        assert (first.result().new, second) == (2, None)
    assert len(site.asked) == 1


def test_a_claim_that_was_left_is_taken_over_in_time(feed: Source, runs: Run) -> None:
    Source.objects.update(claimed_at=NOW)
    later = NOW + STALE
    assert fetching.run(feed.pk, later - minutes(1), asked=True) is None
    assert runs(feed, later).new == 2


def test_who_was_taken_for_dead_writes_nothing_more(feed: Source, site: Site, ask) -> None:
    good = site.answers["/feed"]
    taken_over = NOW + STALE

    def asking(url: str, **given):
        Source.objects.update(claimed_at=taken_over)
        return ask(url, **given)

    assert good
    fetching.run(feed.pk, NOW, ask=asking)
    feed.refresh_from_db()
    assert (feed.claimed_at, feed.last_success_at, feed.state) == (taken_over, None, {})


def _day(request) -> str:
    return request.path.partition("date=")[2][:10]


def test_a_crash_in_the_middle_goes_on_from_the_last_document(
    makes, runs: Run, site: Site, ask
) -> None:
    class Killed(BaseException):
        pass

    def dies_at_the_third(url: str, **given):
        if len(site.asked) == 2:
            raise Killed
        return ask(url, **given)

    site.answers["/api/daily_papers"] = lambda request: site.gives_now(
        request, digest(entry(f"Paper of {(day := _day(request))}", id=f"2604.000{day[-2:]}"))
    )
    source = makes("hf_daily", base=site.url(""), since="2026-04-21")
    with pytest.raises(Killed):
        fetching.run(source.pk, NOW, ask=dies_at_the_third)
    source.refresh_from_db()
    assert source.state["day"] == "2026-04-22"
    assert Paper.objects.count() == 2
    assert fetching.run(source.pk, NOW + STALE - minutes(1)) is None
    runs(source, NOW + STALE + minutes(1))
    assert source.state["day"] == "2026-04-24"
    names = set(Paper.objects.values_list("title_text", flat=True))
    assert names == {f"Paper of 2026-04-{day}" for day in (21, 22, 23, 24)}


def test_a_long_run_is_cut_in_parts_that_follow_at_once(makes, runs: Run, site: Site) -> None:
    site.gives("/api/daily_papers", b"[]")
    source = makes("hf_daily", base=site.url(""), since="2026-04-22")
    runs(source, longest=timedelta(0))
    assert source.state["day"] == "2026-04-22"
    assert source.next_run_at - NOW < minutes(1)
    assert fetching.due(NOW + minutes(1)) == [source.pk]
    runs(source)
    assert source.state["day"] == "2026-04-24"


def test_each_minute_a_ring_goes_out_for_what_is_due(feed: Source, monkeypatch) -> None:
    told: list[list[int]] = []
    monkeypatch.setattr(tasks.run_source, "apply_async", lambda args, **_: told.append([*args]))
    tasks.ring_sources()
    assert told == [[feed.pk]]
    Source.objects.update(enabled=False)
    tasks.ring_sources()
    assert len(told) == 1


def test_a_task_runs_the_source(feed: Source) -> None:
    tasks.run_source(feed.pk)
    assert Digest.objects.count() == 1
