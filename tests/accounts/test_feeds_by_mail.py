"""Feeds by mail: in their curators' order, with their word, and private ones to members alone."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from accounts import editions
from accounts.forms import Subscribing, usual
from accounts.models import Delivery, Subscription, User
from feeds.closing import publish
from feeds.models import Feed, FeedMember, Paper, Placing
from feeds.named import feed_view
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 25, 8, tzinfo=UTC)


@pytest.fixture
def feed(db) -> Feed:
    put_in(entry(id="2604.00001", upvotes=3), entry(id="2604.00002", upvotes=9))
    made = Feed.objects.create(slug="lab", name="The lab", visibility="private", byline="us")
    paper = Paper.objects.get(key="2604.00001")
    Placing.objects.create(feed=made, paper=paper, date=DAY, pin=0)
    publish(feed_view(made), DAY, NOW, note="Read the first one.")
    return made


def member(feed: Feed, email: str) -> User:
    user = User.objects.create_user(email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    FeedMember.objects.create(feed=feed, user=user)
    return user


def delivery(email: str) -> Delivery:
    order = Subscription.objects.create(
        email=email, query="feed=lab", cadence="daily", confirmed_at=NOW
    )
    return Delivery.objects.create(
        subscription=order,
        period=NOW.date(),
        state=Delivery.State.CLAIMED,
        claimed_at=NOW,
    )


def test_a_member_gets_the_edition_as_its_curators_made_it(feed: Feed) -> None:
    member(feed, "ada@example.org")
    row = delivery("ada@example.org")
    edition = editions.choose([row])[row.pk]
    assert [paper.key for paper in edition.papers] == ["2604.00001", "2604.00002"]
    assert (edition.note, edition.byline) == ("Read the first one.", "us")
    assert edition.what == "Trending papers: The lab"


def test_an_outsider_gets_nothing_of_a_private_feed(feed: Feed) -> None:
    row = delivery("eve@example.org")
    assert editions.choose([row]) == {}
    row.refresh_from_db()
    assert (row.state, row.error) == ("skipped", "There is no feed called lab.")


def test_who_leaves_a_private_feed_gets_nothing_more_of_it(feed: Feed) -> None:
    user = member(feed, "ada@example.org")
    row = delivery("ada@example.org")
    editions.choose([row])
    FeedMember.objects.filter(user=user).delete()
    assert editions.choose([row]) == {}


def test_only_members_can_order_a_private_feed(feed: Feed) -> None:
    given = usual() | {"email": "eve@example.org", "query": "feed=lab"}
    assert Subscribing(given).errors["query"] == ["There is no feed called lab."]
    user = member(feed, "ada@example.org")
    assert Subscribing(given, reader=user.pk).is_valid()


def test_the_form_does_not_say_what_a_private_feed_is_called(feed: Feed, client: Client) -> None:
    assert b"The lab" not in client.get("/subscribe?feed=lab").content
    client.force_login(member(feed, "ada@example.org"))
    assert b"The lab" in client.get("/subscribe?feed=lab").content


def test_whatever_stands_in_the_mail_has_a_style() -> None:
    folder = settings.BASE_DIR / "templates" / "emails" / "edition"
    style = (folder / "style.css").read_text()
    markup = "".join(path.read_text() for path in folder.glob("*.html"))
    for names in re.findall(r'class="([a-z ]+)', markup):
        for name in names.split():
            assert f".{name}" in style, name
