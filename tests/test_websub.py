"""A hub is named by what it is told of, and told once of each public edition."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import feedparser
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from feeds.models import Edition, Feed
from feeds.websub import tell_hub
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def hub(site, settings) -> Any:
    cache.clear()
    settings.WEBSUB_HUB = site.url("/hub")
    settings.FETCH_ALLOWED = [site.place]
    site.gives("/hub", b"", 204)
    put_in(entry(id="2604.00001"))
    for slug, visibility in (("images", "public"), ("inner", "private")):
        feed = Feed.objects.create(slug=slug, name=slug, visibility=visibility)
        Edition.objects.create(feed=feed, period="day", date=DAY, published_at=timezone.now())
    return site


def links(path: str) -> set[str]:
    """Where the feed says that its hub is."""
    answer = Client().get(path)
    if "json" in path:
        return {one["url"] for one in answer.json().get("hubs", [])}
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return {link.href for link in feed.feed.links if link.rel == "hub"}


def test_a_public_feed_names_its_hub_and_no_other_list_does(hub, settings) -> None:
    for form in ("rss", "atom", "json"):
        assert links(f"/feed.{form}?feed=images") == {settings.WEBSUB_HUB}
        for terms in ("", "?feed=images&tag=x", "?tag=x", "?feed=images&limit=3"):
            assert links(f"/feed.{form}{terms}") == set()
    settings.WEBSUB_HUB = ""
    assert links("/feed.atom?feed=images") == set()


def test_it_is_told_once_of_a_public_edition(hub) -> None:
    for _ in range(2):
        tell_hub(timezone.now())
    (told,) = hub.posted
    said = parse_qs(told.decode())
    assert said["hub.mode"] == ["publish"]
    assert said["hub.url"] == [
        f"{SITE}/feed.{form}?feed=images" for form in ("rss", "atom", "json")
    ]
    selves = feedparser.parse(Client().get("/feed.atom?feed=images").content).feed.links
    assert said["hub.url"][1] in [link.href for link in selves if link.rel == "self"]


def test_what_it_does_not_take_is_told_again(hub, settings, caplog) -> None:
    hub.gives("/hub", b"", 503)
    tell_hub(timezone.now())
    assert "it answered 503" in caplog.text
    hub.gives("/hub", b"", 204)
    tell_hub(timezone.now())
    assert len(hub.posted) == 2


def test_nothing_is_told_of_long_ago_nor_without_a_hub(hub, settings) -> None:
    tell_hub(timezone.now() + timedelta(hours=1))
    settings.WEBSUB_HUB = ""
    tell_hub(timezone.now())
    assert hub.posted == []
