"""The page that the site was made from, from its file to a page, an API, a feed and a mail."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import feedparser
import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts import delivery, ringing, subscribing
from accounts.models import Delivery
from feeds.ingest import Report, ingest, source_named
from feeds.models import Paper
from tests.accounts.smtp import Sink, html_of, text_of
from tests.web.document import read

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 4, 24, 6, tzinfo=UTC)
NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)


@pytest.fixture
def seed(real_data: Path) -> bytes:
    return (real_data / "seed-digest.txt").read_bytes()


def put_in(content: bytes) -> Report:
    return ingest(content, source_named("daily"), now=MORNING, name="seed-digest.txt")


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.records, report.new, report.updated, report.unchanged


def test_it_goes_in_once(seed: bytes) -> None:
    assert counts(put_in(seed)) == (107, 107, 0, 0)
    assert counts(put_in(seed)) == (107, 0, 0, 107)
    assert Paper.objects.count() == 107


def test_a_changed_byte_in_an_abstract_is_one_update(seed: bytes) -> None:
    put_in(seed)
    assert seed.count(b"recommendation system is vital") == 1
    changed = seed.replace(b"recommendation system is vital", b"recommendation system is Vital")
    assert counts(put_in(changed)) == (107, 0, 1, 106)


def test_every_output_shows_it_whole_and_in_its_order(seed: bytes, sink: Sink) -> None:
    put_in(seed)
    titles = list(Paper.objects.order_by("listings__position").values_list("title_text", flat=True))
    assert len(titles) == 107
    shown = on_the_page()
    assert shown == titles
    assert by_the_api() == titles
    assert in_the_feed() == titles[:50]
    assert by_mail(sink) == titles[:20]


def on_the_page() -> list[str]:
    """What a reader sees who follows “More papers” to the end."""
    shown: list[str] = []
    address = "/"
    while address:
        page = read(Client().get(address))
        shown += [card.one("h2").one("a").text for card in page.all("li", class_="paper")]
        more = page.all("a", class_="more")
        address = more[0]["href"] if more else ""
    return shown


def by_the_api() -> list[str]:
    shown: list[str] = []
    address = "/api/v1/papers?limit=50"
    while address:
        answer = json.loads(Client().get(address).content)
        assert answer["date"] == "2026-04-24"
        shown += [paper["title"] for paper in answer["papers"]]
        address = (answer["next"] or "").removeprefix(settings.SITE_URL)
    return shown


def in_the_feed() -> list[str]:
    feed = feedparser.parse(Client().get("/feed.rss").content)
    assert not feed.bozo
    return [item.title for item in feed.entries]


def by_mail(sink: Sink) -> list[str]:
    """The titles in the mail of somebody who subscribes to everything."""
    with time_machine.travel(MORNING, tick=False):
        order = subscribing.subscribe(
            email="reader@example.org",
            query="",
            cadence="daily",
            hour=8,
            timezone="UTC",
            now=MORNING,
        )
        subscribing.confirm(order.uid, MORNING)
    with time_machine.travel(NOON, tick=False):
        ringing.open_due(NOON)
        delivery.send(list(Delivery.objects.values_list("id", flat=True)))
    [mail] = sink.to("reader@example.org")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    keys = re.findall(rf"{settings.SITE_URL}/papers/(\w+)", text_of(mail))
    assert [key for key in dict.fromkeys(keys) if f"/papers/{key}" not in html_of(mail)] == []
    titles = dict(Paper.objects.filter(key__in=keys).values_list("key", "title_text"))
    return [titles[key] for key in dict.fromkeys(keys)]


def test_its_day_is_that_of_the_header(seed: bytes) -> None:
    assert put_in(seed).date == date(2026, 4, 24)
