"""A feed that moved is found under its old address; one that was deleted says so in words."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts import editions, orders
from accounts.forms import Subscribing, usual
from accounts.models import Delivery, Subscription
from feeds.desk import feeds
from feeds.models import Feed, FeedMember, FormerName
from feeds.query import parse
from feeds.reading import papers_in
from tests.factories import DAY, entry, put_in
from tests.test_outputs import OUTPUTS
from tests.web.document import read

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 3, 9, tzinfo=UTC)
KEYS = ["2604.00002", "2604.00001"]
GIVEN = {"name": "Other", "most": "20", "minimum": "0", "visibility": "public", "query": ""}
# The old address of each thing, and the new one to which it leads.
MOVED = {
    "/f/images": "/f/pictures",
    "/f/images?tag=-medical": "/f/pictures?tag=-medical",
    "/f/images/2026-04-24": "/f/pictures/2026-04-24",
    "/f/images/2026-W17": "/f/pictures/2026-W17",
    "/?feed=images&period=month": "/f/pictures?period=month",
    "/feed.rss?feed=images": "/feed.rss?feed=pictures",
    "/feed.atom?feed=images&limit=9": "/feed.atom?feed=pictures&limit=9",
    "/feed.json?feed=images&sort=new": "/feed.json?feed=pictures&sort=new",
    "/papers.bib?feed=images&limit=9": "/papers.bib?feed=pictures&limit=9",
}


@pytest.fixture
def feed(db) -> Feed:
    put_in(entry(id=KEYS[1], upvotes=3), entry(id=KEYS[0], upvotes=9))
    return Feed.objects.create(slug="images", name="Images")


def rename(feed: Feed, slug: str) -> None:
    now = feeds.settings_of(feed.pk)
    assert now
    feeds.change(feed.pk, replace(now, slug=slug), NOW)


@pytest.mark.parametrize("old", MOVED)
def test_an_old_address_leads_on_for_good(feed: Feed, client: Client, old: str) -> None:
    rename(feed, "pictures")
    answer = client.get(old)
    assert answer.status_code == 301
    leads = urlsplit(answer["Location"])
    assert f"{leads.path}?{leads.query}".rstrip("?") == MOVED[old]
    assert client.get(MOVED[old]).status_code == 200


def test_an_old_address_leads_on_over_several_names(feed: Feed, client: Client) -> None:
    rename(feed, "pictures")
    rename(feed, "photographs")
    assert client.get("/f/images")["Location"] == "/f/photographs"
    rename(feed, "images")
    assert client.get("/f/images").status_code == 200
    assert client.get("/f/photographs")["Location"] == "/f/images"


def test_a_page_in_the_middle_leads_on_to_the_same_page(feed: Feed, client: Client) -> None:
    cursor = papers_in(parse("feed=images"), limit=1).cursor
    rename(feed, "pictures")
    answer = client.get(f"/f/images?cursor={cursor}", follow=True)
    assert [name for name, _ in answer.redirect_chain] == [f"/f/pictures?cursor={cursor}"]
    assert "Images" in read(answer).one("h1").text


def test_the_api_answers_under_the_old_name_and_tells_the_new(feed: Feed, client: Client) -> None:
    rename(feed, "pictures")
    page = json.loads(client.get("/api/v1/papers?feed=images&limit=1").content)
    assert [paper["key"] for paper in page["papers"]] == KEYS[:1]
    assert page["feed"]["slug"] == "pictures"
    assert page["query"].startswith("feed=pictures&")
    assert "feed=pictures&" in page["next"]
    assert json.loads(client.get("/api/v1/feeds/images").content)["slug"] == "pictures"
    assert client.get("/api/v1/facets?feed=images").status_code == 200


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_new_name_is_at_every_output(feed: Feed, output) -> None:
    rename(feed, "pictures")
    assert output("feed=pictures") == KEYS


def test_the_old_name_of_a_private_feed_is_nowhere_for_an_outsider(
    feed: Feed, client: Client, django_user_model
) -> None:
    Feed.objects.update(visibility="private")
    rename(feed, "pictures")
    for path in ("/f/images", "/feed.rss?feed=images", "/api/v1/papers?feed=images"):
        assert client.get(path).status_code == 404
    ada = django_user_model.objects.create_user("ada@example.org")
    FeedMember.objects.create(feed=feed, user=ada)
    client.force_login(ada)
    assert client.get("/f/images")["Location"] == "/f/pictures"


def delivery() -> Delivery:
    order = Subscription.objects.create(
        email="ada@example.org", query="feed=images", cadence="daily", confirmed_at=NOW
    )
    state = Delivery.State.CLAIMED
    return Delivery.objects.create(
        subscription=order, period=DAY + timedelta(days=1), state=state, claimed_at=NOW
    )


def test_mail_that_was_ordered_under_the_old_name_goes_on(feed: Feed) -> None:
    rename(feed, "pictures")
    row = delivery()
    edition = editions.choose([row])[row.pk]
    assert [paper.key for paper in edition.papers] == KEYS
    assert edition.query.feed == "pictures"
    assert edition.what == "Trending papers: Images"
    given = usual() | {"email": "ben@example.org", "query": "feed=images"}
    form = Subscribing(given)
    assert form.is_valid()
    assert form.cleaned_data["query"] == "feed=pictures"


def test_mail_of_a_deleted_feed_says_so_rather_than_fail(feed: Feed) -> None:
    feeds.delete(feed.pk, NOW)
    row = delivery()
    assert editions.choose([row]) == {}
    row.refresh_from_db()
    words = "The feed called images was deleted on 3 May 2026."
    assert (row.state, row.error) == ("skipped", words)
    (order,) = orders.in_words([row.subscription])
    assert order.state == f"{words} No mail comes of it."
    given = usual() | {"email": "ben@example.org", "query": "feed=images"}
    assert Subscribing(given).errors["query"] == [words]


@pytest.mark.parametrize(
    "path",
    [
        "/f/images",
        "/?feed=images",
        "/feed.rss?feed=images",
        "/papers.csv?feed=images",
        "/api/v1/papers?feed=images",
    ],
)
def test_a_deleted_feed_is_gone_and_says_so(feed: Feed, client: Client, path: str) -> None:
    rename(feed, "pictures")
    feeds.delete(feed.pk, NOW)
    for name in ("images", "pictures"):
        answer = client.get(path.replace("images", name))
        assert answer.status_code == 410
        assert f"The feed called {name} was deleted on 3 May 2026." in answer.content.decode()


def test_a_private_feed_that_is_deleted_leaves_no_word(feed: Feed, client: Client) -> None:
    Feed.objects.update(visibility="private")
    rename(feed, "pictures")
    feeds.delete(feed.pk, NOW)
    assert client.get("/f/images").status_code == client.get("/f/pictures").status_code == 404
    assert not FormerName.objects.exists()


def test_a_feed_takes_a_name_that_leads_elsewhere_only_if_it_is_meant(
    feed: Feed, client: Client, django_user_model
) -> None:
    client.force_login(django_user_model.objects.create_user("c@example.org", is_staff=True))
    rename(feed, "pictures")
    given = GIVEN | {"slug": "images"}
    answer = client.post("/desk/feeds/new", given)
    assert answer.status_code == 400
    page = read(answer).one("main")
    assert "This address leads to another feed" in page.one("p", id="id_slug_error").text
    assert page.one("input", id="id_take_over")
    assert client.get("/f/images").status_code == 301
    client.post("/desk/feeds/new", given | {"take_over": "on"})
    assert "Other" in read(client.get("/f/images")).one("h1").text
    feeds.delete(Feed.objects.get(slug="images").pk, NOW)
    refused = client.post("/desk/feeds/pictures/settings", GIVEN | {"slug": "images"})
    assert "was that of a feed that was deleted" in refused.content.decode()
    client.post("/desk/feeds/pictures/settings", GIVEN | {"slug": "images", "take_over": "on"})
    assert client.get("/f/pictures")["Location"] == "/f/images"


def test_the_admin_deletes_a_feed_as_the_desk_does(
    feed: Feed, client: Client, django_user_model
) -> None:
    client.force_login(django_user_model.objects.create_superuser("c@example.org"))
    client.post(f"/admin/feeds/feed/{feed.pk}/delete/", {"post": "yes"})
    assert client.get("/f/images").status_code == 410
