"""What one follows, keeps and hides, by mail: each person's own, and nobody else's."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts import editions, orders
from accounts.forms import Subscribing, usual
from accounts.models import Delivery, Subscription, User
from feeds import collecting, following, marking
from feeds.models import Paper
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 25, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry(id="2604.00001", summary="A diffusion model.", upvotes=9),
        entry(id="2604.00002", summary="We use quantization.", upvotes=7),
        entry(id="2604.00003", summary="On bees.", upvotes=5),
    )


def person(name: str) -> User:
    email = f"{name}@example.org"
    user = User.objects.create_user(email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def delivery(email: str, query: str) -> Delivery:
    order = Subscription.objects.create(email=email, query=query, cadence="daily", confirmed_at=NOW)
    return Delivery.objects.create(
        subscription=order, period=NOW.date(), state=Delivery.State.CLAIMED, claimed_at=NOW
    )


def mailed(rows: list[Delivery]) -> list[str]:
    """The last digits of the papers' keys for each, or why it brings none."""
    made = editions.choose(rows)
    for row in rows:
        row.refresh_from_db()
    return [
        "".join(paper.key[-1] for paper in made[row.pk].papers) if row.pk in made else row.error
        for row in rows
    ]


def test_each_gets_what_they_follow(db) -> None:
    ada, ben, eve = person("ada"), person("ben"), person("eve")
    following.follow("tag=diffusion", ada.pk, NOW)
    following.follow("q=bees", ada.pk, NOW)
    following.follow("tag=quantization", ben.pk, NOW)
    rows = [delivery(one.email, "in=following") for one in (ada, ben, eve)]
    rows.append(delivery("nobody@example.org", "in=following"))
    got = mailed(rows)
    assert got[:3] == ["13", "2", "No papers were ever listed for it."]
    assert "Sign in to read what you follow." in got[3]
    assert orders.what("in=following&sort=new") == "New papers: what you follow"


def test_what_one_hides_comes_in_no_mail_of_theirs_and_in_all_of_the_others(db) -> None:
    ada, ben = person("ada"), person("ben")
    following.hide_tag("diffusion", ada.pk, NOW)
    marking.hide(Paper.objects.get(key="2604.00003").pk, ada.pk, timezone.now())
    rows = [delivery(one, "") for one in (ada.email, ben.email, "nobody@example.org")]
    assert mailed(rows) == ["2", "123", "123"]


def test_a_private_collection_comes_to_its_owner_alone(db) -> None:
    ada, ben = person("ada"), person("ben")
    slug = collecting.make(collecting.Words("Bees"), ada.pk)
    collecting.add(slug, Paper.objects.get(key="2604.00003").pk, ada.pk)
    got = mailed([delivery(one.email, f"in={slug}") for one in (ada, ben)])
    assert got[0] == "3"
    assert "no collection called" in got[1]


def test_only_who_is_signed_in_orders_what_they_follow(client: Client) -> None:
    given = usual() | {"email": "ada@example.org", "query": "in=following"}
    assert Subscribing(given).errors["query"] == ["Sign in to read what you follow."]
    assert Subscribing(given, reader=person("ada").pk).is_valid()
    answer = client.post("/subscribe", {"email": "ada@example.org", "query": "in=following"})
    assert answer.status_code == 400
    assert b"Sign in to read what you follow." in answer.content
