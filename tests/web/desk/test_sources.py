"""How the sources are, and what a curator does about one that ails."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feeds.models import Source
from tests.factories import entry
from tests.factories import put_in as ingested
from tests.web.document import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(db) -> Source:
    return Source.objects.create(
        slug="feed", name="A feed", plugin="rss", settings={"url": "https://example.org/feed"}
    )


def told(curator) -> str:
    return read(curator.get("/desk/sources")).one("main").text


def test_without_a_source_the_page_leads_on(curator) -> None:
    assert "There is none yet" in told(curator)


def test_a_source_fed_by_hand_has_nothing_to_press(curator) -> None:
    ingested(entry(), source="daily")
    page = read(curator.get("/desk/sources"))
    assert "put in by hand." in page.one("main").text
    assert not page.one("main").all("button")


def test_a_source_says_how_it_fares(curator, feed) -> None:
    assert "Nothing came yet. Due now." in told(curator)
    now = timezone.now()
    feed.last_success_at, feed.next_run_at = now, now + timedelta(minutes=90)
    feed.save()
    assert "Went well just now. Next in 90 minutes." in told(curator)
    feed.claimed_at = now
    feed.save()
    assert "Runs now." in told(curator)


def test_a_source_that_stopped_stands_first_says_why_and_starts_again(curator, feed) -> None:
    Source.objects.create(slug="another", name="Another", plugin="rss")
    feed.failures, feed.stopped_at = 10, timezone.now()
    feed.last_error, feed.last_error_at = "example.org answers 404.", timezone.now()
    feed.save()
    page = read(curator.get("/desk/sources"))
    first = page.one("ul", class_="rows").all("li")[0]
    assert first.one("h2").text == "A feed"
    assert first.one("p", class_="errors").text == "example.org answers 404."
    facts = dict(zip(first.texts("dt"), first.texts("dd"), strict=True))
    assert facts["Failed"] == "10 times in a row"
    assert set(facts) == {"Last error", "Failed", "Stopped"}
    assert page.one("button", value="again").text == "Start again: A feed"
    curator.post(f"/desk/sources/{feed.pk}", {"action": "again"})
    feed.refresh_from_db()
    assert (feed.failures, feed.stopped_at) == (0, None)
    assert feed.next_run_at <= timezone.now()


def test_a_source_is_switched_off_and_on(curator, feed) -> None:
    curator.post(f"/desk/sources/{feed.pk}", {"action": "off"})
    assert "Switched off." in told(curator)
    assert (
        "Switch it on first."
        in read(curator.post(f"/desk/sources/{feed.pk}", {"action": "again"}, follow=True)).text
    )
    curator.post(f"/desk/sources/{feed.pk}", {"action": "on"})
    feed.refresh_from_db()
    assert feed.enabled


def test_run_now_rings_for_a_worker(curator, feed) -> None:
    page = read(curator.post(f"/desk/sources/{feed.pk}", {"action": "run"}, follow=True))
    assert "It runs now." in page.text


def test_what_cannot_be_done_is_not_found(curator, feed) -> None:
    assert curator.post(f"/desk/sources/{feed.pk}", {"action": "sell"}).status_code == 404
    assert curator.post("/desk/sources/77", {"action": "run"}).status_code == 404
    hand = Source.objects.create(slug="hand", name="Hand")
    assert curator.post(f"/desk/sources/{hand.pk}", {"action": "off"}).status_code == 404
    assert curator.get(f"/desk/sources/{feed.pk}").status_code == 405
