"""Readings are done once, told of as they go on, and begun again where a worker was lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feeds import ingest as ingesting
from feeds import tasks
from feeds.desk import readings
from feeds.ingest import ingest, reread, source_named
from feeds.models import Digest, Listing, Paper, Run
from feeds.models.run import SILENCE
from feeds.recording import TakenOver
from tests.factories import DAY, digest, entry, put_in, put_in_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(ingesting, "BATCH", 2)


def test_every_way_in_leaves_a_reading_behind() -> None:
    report = put_in(entry(), entry())
    run = Run.objects.get()
    assert (run.digest_id, run.new, run.papers, run.error) == (report.digest_id, 2, 2, "")
    assert run.ended_at
    reread(Digest.objects.get())
    assert list(Run.objects.order_by("id").values_list("unchanged", flat=True)) == [0, 2]


def test_progress_is_told_after_each_batch(small_batches) -> None:
    seen: list[tuple[int, bool]] = []

    def look(_report: ingesting.Report) -> None:
        run = Run.objects.get()
        seen.append((run.new, run.ended_at is None))

    content = digest(*(entry() for _ in range(5)))
    ingest(content, source_named("daily"), day=DAY, progress=look)
    assert seen == [(2, True), (4, True), (5, True)]


def test_a_reading_that_was_asked_for_is_done_once() -> None:
    digest_id = put_in_many(3).digest_id
    run_id = readings.ask(digest_id)
    assert Run.objects.get(pk=run_id).total == 3
    assert readings.waiting(timezone.now()) == [run_id]
    tasks.read_digest(run_id)
    tasks.read_digest(run_id)
    run = Run.objects.get(pk=run_id)
    assert (run.attempts, run.unchanged, run.error) == (1, 3, "")
    assert readings.waiting(timezone.now()) == []


def test_two_readings_of_a_digest_do_not_run_at_once() -> None:
    digest_id = put_in(entry()).digest_id
    readings.ask(digest_id)
    with pytest.raises(readings.BeingRead):
        readings.ask(digest_id, "hf_json")


def test_a_lost_worker_is_followed_by_another(small_batches) -> None:
    class Killed(BaseException):
        pass

    def die(_report: ingesting.Report) -> None:
        raise Killed

    content = digest(*(entry() for _ in range(5)))
    with pytest.raises(Killed):
        ingest(content, source_named("daily"), day=DAY, progress=die)
    run, now = Run.objects.get(), timezone.now()
    assert (run.new, run.ended_at) == (2, None)
    assert readings.waiting(now) == []
    assert not readings.perform(run.pk, now)
    later = now + SILENCE
    assert readings.waiting(later) == [run.pk]
    assert readings.perform(run.pk, later)
    run.refresh_from_db()
    assert (run.new, run.unchanged, run.attempts, run.error) == (3, 2, 2, "")
    assert Listing.objects.count() == Paper.objects.count() == 5
    assert Digest.objects.get().ingested_at


def test_a_later_reading_leaves_nothing_to_do_for_one_that_was_lost(small_batches) -> None:
    class Killed(BaseException):
        pass

    def die(_report: ingesting.Report) -> None:
        raise Killed

    content = digest(*(entry() for _ in range(5)))
    with pytest.raises(Killed):
        ingest(content, source_named("daily"), day=DAY, progress=die)
    Run.objects.update(told_at=timezone.now() - SILENCE)
    ingest(content, source_named("daily"), day=DAY)
    lost = Run.objects.earliest("id")
    assert lost.error == "Its process was lost. A later reading came to the end."
    assert readings.waiting(timezone.now() + SILENCE) == []


def test_a_worker_that_was_taken_for_dead_stops_and_spoils_nothing(small_batches) -> None:
    put_in_many(6)
    row = Digest.objects.select_related("source").get()
    run_id = readings.ask(row.pk)
    run = Run.objects.get(pk=run_id)
    taken: list[bool] = []

    def take_over(_report: ingesting.Report) -> None:
        if not taken:
            taken.append(readings.perform(run_id, timezone.now() + SILENCE))

    run.attempts = 1
    Run.objects.filter(pk=run_id).update(attempts=1, told_at=timezone.now())
    with pytest.raises(TakenOver):
        reread(row, run=run, progress=take_over)
    run.refresh_from_db()
    assert taken == [True]
    assert (run.unchanged, run.attempts, run.error) == (6, 2, "")


def test_what_kills_every_worker_is_given_up() -> None:
    digest_id = put_in(entry()).digest_id
    run_id, now = readings.ask(digest_id), timezone.now()
    Run.objects.filter(pk=run_id).update(attempts=3, told_at=now - SILENCE)
    assert not readings.perform(run_id, now)
    run = Run.objects.get(pk=run_id)
    assert run.error == "It was begun 3 times, and each time its process was lost."
    assert readings.waiting(now + timedelta(days=1)) == []


def test_a_failure_ends_the_reading_with_its_reason(small_batches) -> None:
    def fail(_report: ingesting.Report) -> None:
        raise ValueError("the disk is full")

    with pytest.raises(ValueError, match="full"):
        ingest(digest(entry()), source_named("daily"), day=DAY, progress=fail)
    run = Run.objects.get()
    assert (run.error, run.new) == ("ValueError: the disk is full", 1)
    assert run.ended_at


def test_broken_off_by_hand_it_is_not_begun_again() -> None:
    def stop(_report: ingesting.Report) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(digest(entry()), source_named("daily"), day=DAY, progress=stop)
    assert Run.objects.get().error == "It was broken off by hand."
    assert readings.waiting(timezone.now() + SILENCE) == []


def test_a_parser_that_went_away_is_said_to_have() -> None:
    digest_id = put_in(entry()).digest_id
    run_id = readings.ask(digest_id, "morse")
    tasks.read_digest(run_id)
    assert Run.objects.get(pk=run_id).error == "There is no format 'morse' any more."


def test_past_readings_go_after_a_month_but_never_the_last() -> None:
    put_in(entry())
    reread(Digest.objects.get())
    Run.objects.update(ended_at=timezone.now() - timedelta(days=31))
    tasks.sweep_desk()
    assert Run.objects.get().unchanged == 1


def test_without_a_count_the_end_is_told_by_the_place_in_the_document(monkeypatch) -> None:
    monkeypatch.setattr(ingesting, "BATCH", 100)
    content = atom_of(2_000)
    seen: list[int | None] = []

    def look(_report: ingesting.Report) -> None:
        seen.append(Run.objects.get().total)

    ingest(content, source_named("daily"), day=DAY, progress=look)
    estimates = [total for total in seen if total is not None]
    assert len(estimates) > 10
    assert all(1_500 < total < 3_000 for total in estimates[3:])


def atom_of(count: int) -> bytes:
    """An answer of the arXiv API, long enough to be read in slices."""
    abstract = "We look closely at the subject, and say what was seen. " * 20
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2604.{number:05}v1</id><title>Subject {number}</title>"
        f"<summary>{abstract}</summary><author><name>Ada Author</name></author></entry>"
        for number in range(count)
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'
        f"<title>ArXiv Query</title>{entries}</feed>"
    ).encode()
