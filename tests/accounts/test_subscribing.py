"""An order's life: asked for, confirmed, changed, ended, and the links that do it."""

from datetime import timedelta

import pytest
import time_machine

from accounts import subscribing, tokens
from accounts.addresses import confirm_address, manage_address, unsubscribe_address
from accounts.models import Subscription
from tests.accounts.conftest import NOON

pytestmark = pytest.mark.django_db


def ask(**fields) -> Subscription:
    given = {
        "email": "reader@example.org",
        "query": "",
        "cadence": "daily",
        "hour": 8,
        "timezone": "UTC",
        "now": NOON,
    }
    return subscribing.subscribe(**given | fields)


def test_an_order_is_not_active_before_it_is_confirmed() -> None:
    order = ask()
    assert not Subscription.objects.active(NOON).exists()
    subscribing.confirm(order.uid, NOON)
    assert Subscription.objects.active(NOON).get() == order


def test_an_address_counts_in_small_letters() -> None:
    assert ask(email=" Reader@Example.ORG").email == "reader@example.org"
    assert ask() == Subscription.objects.of(["READER@example.org"]).get()


def test_asking_again_before_the_yes_takes_the_last_hour() -> None:
    ask(hour=8)
    assert ask(hour=17, timezone="Asia/Tokyo") == Subscription.objects.get()
    assert (Subscription.objects.get().hour, Subscription.objects.get().timezone) == (
        17,
        "Asia/Tokyo",
    )


def test_a_stranger_who_asks_again_changes_nothing_of_one_that_runs() -> None:
    subscribing.confirm(ask(hour=8).uid, NOON)
    ask(hour=17)
    assert Subscription.objects.get().hour == 8


def test_several_orders_of_an_address_stand_side_by_side() -> None:
    ask(), ask(query="tag=diffusion"), ask(cadence="weekly")
    assert Subscription.objects.of(["reader@example.org"]).count() == 3


def test_a_second_yes_or_end_changes_nothing() -> None:
    uid = ask().uid
    for _ in range(2):
        assert subscribing.confirm(uid, NOON)
    assert Subscription.objects.get().confirmed_at == NOON
    for hours in range(2):
        subscribing.end(uid, NOON + timedelta(hours=hours))
    assert Subscription.objects.get().ended_at == NOON


def test_an_end_can_be_taken_back() -> None:
    uid = ask().uid
    subscribing.confirm(uid, NOON)
    subscribing.end(uid, NOON)
    subscribing.confirm(uid, NOON + timedelta(days=1))
    assert Subscription.objects.active(NOON).get().confirmed_at == NOON


def test_one_that_was_ordered_anew_since_stays_ended() -> None:
    old = ask().uid
    subscribing.end(old, NOON)
    assert ask().uid != old
    subscribing.confirm(old, NOON)
    assert Subscription.objects.get(uid=old).ended_at == NOON


def test_a_change_into_an_order_that_runs_is_refused_and_loses_nothing() -> None:
    ask(cadence="weekly")
    order = ask()
    with pytest.raises(subscribing.AlreadyOrdered, match="already"):
        subscribing.change(order.uid, cadence="weekly", hour=20)
    order.refresh_from_db()
    assert (order.cadence, order.hour) == ("daily", 8)


def test_a_change_sets_what_is_given() -> None:
    order = ask()
    subscribing.change(order.uid, hour=20, most=5)
    order.refresh_from_db()
    assert (order.hour, order.most, order.cadence) == (20, 5, "daily")


def test_nothing_happens_to_an_order_that_does_not_exist(db) -> None:
    uid = Subscription().uid
    assert subscribing.confirm(uid, NOON) is None
    assert subscribing.end(uid, NOON) is None
    assert subscribing.change(uid, hour=1) is None


@pytest.mark.parametrize("purpose", tokens.PURPOSES)
def test_a_token_names_its_order_for_its_purpose_only(purpose: str) -> None:
    order = ask()
    token = tokens.write(purpose, order)
    assert tokens.read(purpose, token) == order.uid
    for other in set(tokens.PURPOSES) - {purpose}:
        with pytest.raises(tokens.BadToken):
            tokens.read(other, token)


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1], lambda text: "x" + text, lambda _: "", lambda _: "\0.é.€"]
)
def test_a_token_that_is_not_whole_is_refused_in_words(change) -> None:
    with pytest.raises(tokens.BadToken, match="Copy all of it"):
        tokens.read("manage", change(tokens.write("manage", ask())))


def test_a_token_that_is_too_old_says_so() -> None:
    with time_machine.travel(NOON) as clock:
        token = tokens.write("confirm", ask())
        clock.shift(timedelta(hours=47))
        assert tokens.read("confirm", token, timedelta(hours=48))
        clock.shift(timedelta(hours=2))
        with pytest.raises(tokens.Expired, match="too old"):
            tokens.read("confirm", token, timedelta(hours=48))
        assert tokens.read("confirm", token)


def test_addresses_are_the_sites_and_short(settings) -> None:
    settings.SITE_URL = "https://papers.example.org"
    order = ask()
    assert confirm_address(order).startswith("https://papers.example.org/subscriptions/confirm/")
    assert unsubscribe_address(order).startswith("https://papers.example.org/subscriptions/end/")
    assert manage_address(order).startswith("https://papers.example.org/subscriptions/")
    assert len(unsubscribe_address(order)) < 140
