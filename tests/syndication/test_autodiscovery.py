"""Each page of a list names its feeds, and none that only its readers may read."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from feeds import collecting, following
from feeds.collecting import Words
from feeds.models import Feed, FeedMember, Tag
from tests.factories import DAY, entry, put_in
from tests.people import somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json"}


def named(client: Client, path: str) -> dict[str, str]:
    """The addresses of the feeds that the page names, by type."""
    links = read(client.get(path)).all("link", rel="alternate")
    return {link["type"]: link["href"] for link in links if link["type"] in TYPES}


@pytest.fixture
def ada(db) -> int:
    put_in(entry("On lamps", id="2604.00001", authors=["Ada Lovelace"]))
    Tag.objects.create(slug="lamps", name="Lamps", kind="topic")
    for slug, visibility in (("images", "public"), ("inner", "private")):
        Feed.objects.create(slug=slug, name=slug, visibility=visibility)
    person = somebody("Ada")
    FeedMember.objects.create(feed=Feed.objects.get(slug="inner"), user_id=person, role="reader")
    following.follow("author=Ada+Lovelace", person, timezone.now())
    return person


def test_every_open_list_names_all_three(ada) -> None:
    shared = collecting.make(Words("Ours", visibility="unlisted"), ada)
    pages = (
        "/", "/trending", "/t/lamps", f"/date/{DAY}", "/week/2026-W17", "/month/2026-04",
        "/f/images", "/?author=Ada+Lovelace", "/?q=lamps&sort=new", f"/c/{shared}",
        f"/?in={shared}",
    )  # fmt: skip
    client = Client()
    for page in pages:
        found = named(client, page)
        assert found.keys() == TYPES, page
        for content_type, address in found.items():
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer["Content-Type"].startswith(content_type)


def test_a_list_for_its_readers_names_none(ada) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=ada))
    slug = collecting.make(Words("Mine", visibility="private"), ada)
    for page in ("/following", "/f/inner", f"/c/{slug}", f"/?in={slug}"):
        assert named(client, page) == {}, page
        links = read(client.get(page)).all("a", href="/account/feed-reader")
        assert "RSS" in [link.text for link in links], page
