"""One request at a time to a site, a pause after each, and none while it asks to be left alone."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from feeds.asking import LONGEST_WAIT, Asking
from feeds.http import Refused, Unreachable
from tests.site import Site
from tests.sources.conftest import LIMITS


def test_a_second_request_waits_for_the_end_of_the_pause(site: Site, ask, slept) -> None:
    site.gives("/a", b"papers")
    ask(site.url("/a"))
    assert slept == []
    ask(site.url("/a"))
    assert slept == [0.25]


@pytest.mark.parametrize(
    ("asked", "pause"), [("rss.arxiv.org", 3), ("export.arxiv.org", 3), ("example.org", 1)]
)
def test_the_pause_is_the_sites_whichever_host_and_source_it_is(
    asked: str, pause: int, monkeypatch
) -> None:
    kept: list[tuple[object, ...]] = []
    monkeypatch.setattr(cache, "set", lambda *given: kept.append(given), raising=False)
    with Asking(LIMITS).turn(f"https://{asked}/a", pause=1):
        pass
    assert (kept[-1][0], kept[-1][2]) == (f"asking:{'.'.join(asked.split('.')[-2:])}", pause)


def test_hosts_of_one_site_share_a_turn_and_other_sites_do_not() -> None:
    asking = Asking(LIMITS, sleep=lambda _: pytest.fail("waited"))
    with asking.turn("https://a.example.org/", pause=1):
        with (
            asking.turn("https://example.com/", pause=1),
            asking.turn("http://10.0.0.1", pause=1),
        ):
            pass
        waited: list[float] = []
        other = Asking(LIMITS, sleep=waited.append)
        with (
            pytest.raises(Unreachable, match=r"Others were asking example\.org"),
            other.turn("https://b.example.org/", pause=1),
        ):
            pass
        assert sum(waited) == LONGEST_WAIT


def test_two_workers_ask_one_after_the_other(site: Site) -> None:
    arrived, goes_on = threading.Event(), threading.Event()

    def slowly(request) -> None:
        arrived.set()
        goes_on.wait(10)
        site.gives_now(request, b"papers")

    site.answers["/a"] = slowly
    with ThreadPoolExecutor(2) as workers:
        first = workers.submit(Asking(LIMITS), site.url("/a"))
        assert arrived.wait(10)

        def waits(_: float) -> None:
            assert len(site.asked) == 1
            goes_on.set()
            first.result(10)
            cache.clear()  # the pause is over

        second = workers.submit(Asking(LIMITS, waits), site.url("/a"))
        assert second.result(10).content == b"papers"


def test_each_step_of_a_redirect_has_its_turn(site: Site, ask, slept) -> None:
    site.gives("/old", status=301, Location="/new")
    site.gives("/new", b"papers")
    assert ask(site.url("/old")).content == b"papers"
    assert slept == [0.25]


def test_a_site_that_asks_to_be_left_alone_is_left_alone_by_all(site: Site) -> None:
    site.gives("/a", status=503, Retry_After="600")
    site.gives("/b", b"papers")
    with pytest.raises(Unreachable, match="answers 503"):
        Asking(LIMITS)(site.url("/a"))
    with pytest.raises(Unreachable, match="not to be asked for another") as told:
        Asking(LIMITS)(site.url("/b"))
    assert 590 < (told.value.retry_after or 0) <= 600
    assert len(site.asked) == 1


def test_one_source_cannot_close_a_site_for_days(site: Site) -> None:
    site.gives("/a", status=503, Retry_After="9999999")
    for _ in range(2):
        with pytest.raises(Unreachable) as told:
            Asking(LIMITS)(site.url("/a"))
    assert 3500 < (told.value.retry_after or 0) <= 3600


def test_a_turn_that_was_taken_over_is_not_ended_by_the_one_before() -> None:
    asking = Asking(LIMITS)
    with asking.turn("https://example.org/", pause=1):
        cache.set("asking:example.org", "somebody else", 60)
    assert cache.get("asking:example.org") == "somebody else"


def test_what_is_no_address_is_refused(ask) -> None:
    with pytest.raises(Refused):
        ask("http://[::1")
