"""Feeds in the admin: read there, and given members; what was done at a desk stays."""

import pytest
from django.utils import timezone

from feeds.models import DeskAct, Edition, Feed
from tests.factories import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(db) -> Feed:
    feed = Feed.objects.create(slug="images", name="Images", query="tag=diffusion")
    Edition.objects.create(feed=feed, period="day", date=DAY, closed_at=timezone.now())
    DeskAct.objects.create(feed=feed, date=DAY, kind="note", made_at=timezone.now())
    return feed


def test_feeds_are_found_and_shown(admin_client, feed: Feed) -> None:
    assert "Images" in admin_client.get("/admin/feeds/feed/", {"q": "images"}).text
    assert "tag=diffusion" in admin_client.get(f"/admin/feeds/feed/{feed.pk}/change/").text
    assert admin_client.get("/admin/feeds/feed/add/").status_code == 403


@pytest.mark.parametrize("table", ["edition", "deskact"])
def test_nobody_rewrites_what_a_desk_wrote(admin_client, feed: Feed, table: str) -> None:
    row = {"edition": Edition, "deskact": DeskAct}[table].objects.get()
    place = f"/admin/feeds/{table}/"
    assert "Images" in admin_client.get(place).text
    assert admin_client.get(f"{place}{row.pk}/change/").status_code == 200
    assert admin_client.post(f"{place}{row.pk}/change/", {}).status_code == 403
    assert admin_client.post(f"{place}{row.pk}/delete/", {"post": "yes"}).status_code == 403
