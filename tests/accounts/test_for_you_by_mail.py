"""One's own order by mail: each reader's mail tells their own reasons."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from accounts import editions
from accounts.emails import Press
from accounts.models import Delivery
from feeds import voting
from feeds.for_you import learning
from feeds.models import Paper
from tests.factories import entry, put_in
from tests.readers import reader

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 25, 8, tzinfo=UTC)


def person(email: str, voted: str) -> None:
    user = reader(email)
    EmailAddress.objects.get_or_create(user=user, email=email, verified=True, primary=True)
    voting.vote(Paper.objects.get(key=voted).pk, user.pk)
    learning.learn(user.pk, NOW)


def test_two_readers_of_the_same_papers_are_told_their_own_reasons(reads) -> None:
    text = "Bees of the city make honey while lamps dim by themselves."
    put_in(
        entry("Bees", id="2604.00001", summary="We count bees and honey.", authors=["Ada Apis"]),
        entry("Lamps", id="2604.00002", summary="Lamps dim by themselves.", authors=["Cy Lux"]),
    )
    put_in(entry("Both", id="2604.00003", summary=text), day=NOW.date())
    person("one@example.org", "2604.00001")
    person("other@example.org", "2604.00002")
    rows = [
        Delivery.objects.create(
            subscription=reads(email, query="sort=for_you"),
            period=NOW.date(),
            state=Delivery.State.CLAIMED,
            claimed_at=NOW,
        )
        for email in ("one@example.org", "other@example.org")
    ]
    chosen, press = editions.choose(rows), Press()
    mails = [press.message(row, chosen[row.pk]).body for row in rows]
    assert [[one.key for one in chosen[row.pk].papers] for row in rows] == [["2604.00003"]] * 2
    reasons = [" ".join(mail.split()).partition("Because of ")[2][:80] for mail in mails]
    assert "bees" in reasons[0]
    assert "lamps" in reasons[1]


def test_an_order_of_nobody_in_particular_says_why_nothing_comes(reads) -> None:
    put_in(entry())
    row = Delivery.objects.create(
        subscription=reads(query="sort=for_you"),
        period=NOW.date(),
        state=Delivery.State.CLAIMED,
        claimed_at=NOW,
    )
    assert not editions.choose([row])
    row.refresh_from_db()
    assert row.error == "Sign in to read what is for you."
