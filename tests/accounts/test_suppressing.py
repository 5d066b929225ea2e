"""Addresses that fail or complain get no more mail, until that is lifted."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts import delivery, ringing, suppressing
from accounts.models import Delivery, Feedback, Subscription, Suppression
from tests.accounts.conftest import NOON
from tests.factories import put_in_many

pytestmark = pytest.mark.django_db
READER = "reader@example.org"
State = Delivery.State
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON) as traveller:
        yield traveller


def deliver(now: datetime = NOON) -> list[Delivery]:
    ringing.open_due(now)
    delivery.send(list(Delivery.objects.order_by("id").values_list("id", flat=True)))
    return list(Delivery.objects.order_by("id"))


def hear(kind: str, now: datetime = NOON, **more) -> bool:
    return suppressing.hear(READER, kind, how="returned", now=now, detail="550 gone", **more)


def cause() -> str:
    return "".join(Suppression.objects.standing().values_list("cause", flat=True))


def test_a_refusal_for_good_stops_the_next_mail(sink, reads, clock) -> None:
    put_in_many(2)
    reads()
    sink.recipients[READER] = "550 5.1.1 no such reader"
    assert deliver()[0].state == State.REFUSED
    stop = Suppression.objects.get()
    assert (stop.email, stop.cause, stop.detail) == (READER, "bounce", "550 5.1.1 no such reader")
    told = Feedback.objects.get()
    assert (told.kind, told.how, told.status) == ("hard", "smtp", "5.1.1")
    sink.recipients.clear()
    put_in_many(2, day=(NOON + DAY).date())
    clock.move_to(NOON + DAY)
    assert len(deliver(NOON + DAY)) == 1
    assert not sink.sent


@pytest.mark.parametrize("answer", ["552 5.2.2 mailbox full", "554 5.7.1 looks like spam"])
def test_one_refusal_of_another_kind_stops_nothing(sink, reads, answer) -> None:
    put_in_many(2)
    reads()
    sink.recipients[READER] = answer
    assert deliver()[0].state == State.REFUSED
    assert not cause()


def test_one_complaint_stops_mail(sink, reads) -> None:
    hear("complaint")
    put_in_many(2)
    reads()
    assert deliver() == []
    assert cause() == "complaint"


def test_a_stop_between_opening_and_sending_holds_too(sink, reads) -> None:
    put_in_many(2)
    reads()
    ringing.open_due(NOON)
    hear("hard")
    row = deliver()[0]
    assert row.state == State.SKIPPED
    assert "came back for good" in row.error
    assert not sink.sent


def test_a_stop_at_the_last_moment_holds_too(sink, reads) -> None:
    put_in_many(2)
    reads()
    ringing.open_due(NOON)
    rows = delivery.claim(Delivery.objects.values_list("id", flat=True), NOON)
    editions = delivery.choose(rows)
    hear("hard")
    delivery._send_by(delivery.channels.get("email"), rows, editions)
    assert not sink.sent


def test_failures_on_five_days_stop_mail_and_more_on_one_day_do_not() -> None:
    for minutes in range(20):
        hear("soft", NOON + timedelta(minutes=minutes))
    assert not cause()
    for days in range(1, 4):
        hear("soft", NOON + days * DAY)
    assert not cause()
    hear("soft", NOON + 4 * DAY)
    assert cause() == "soft"


def test_a_failure_weighs_half_after_a_month_and_one_a_month_stops_nothing() -> None:
    now = datetime(2026, 4, 24, tzinfo=UTC)
    assert suppressing.score([now], now) == 1
    assert suppressing.score([now - suppressing.HALF_LIFE], now) == 0.5
    assert suppressing.score([now - months * timedelta(days=30) for months in range(99)], now) < 2.1


def test_refusals_of_the_sender_say_nothing_about_the_address() -> None:
    for days in range(30):
        hear("blocked", NOON + days * DAY)
    assert not cause()
    assert Feedback.objects.count() == 30


def test_what_is_told_twice_counts_once(reads) -> None:
    row = Delivery.objects.create(subscription=reads(), period=NOON.date())
    assert hear("soft", name="a", delivery=row)
    assert not hear("soft", name="b", delivery=row)
    assert hear("complaint", name="c")
    assert not hear("complaint", name="c")
    assert Feedback.objects.count() == 2


def test_a_stop_outlives_the_order_and_whoever_orders_anew(sink, reads) -> None:
    put_in_many(2)
    reads().delete()
    hear("complaint")
    reads()
    assert deliver() == []
    suppressing.lift(READER, "They wrote to us.", NOON)
    assert deliver()[0].state == State.SENT


def test_a_complaint_weighs_more_than_a_failure_that_stood_before() -> None:
    hear("hard")
    hear("complaint")
    assert cause() == "complaint"
    hear("hard", name="later")
    assert cause() == "complaint"


def test_an_erased_address_is_known_by_its_fingerprint_alone(sink, reads) -> None:
    hear("complaint")
    Suppression.objects.update(email="")
    put_in_many(2)
    reads("Reader@Example.org".lower())
    assert deliver()[0].state == State.SKIPPED
    assert READER not in str(Suppression.objects.values().get())


def test_what_failed_before_it_was_lifted_does_not_count_again() -> None:
    for days in range(5):
        hear("soft", NOON + days * DAY)
    suppressing.lift(READER, "Mended.", NOON + 5 * DAY, by=None)
    hear("soft", NOON + 6 * DAY)
    assert not cause()
    kept = Suppression.objects.get()
    assert (kept.lift_reason, kept.lifted_at) == ("Mended.", NOON + 5 * DAY)


def test_a_delivery_that_is_given_up_counts_as_a_failure(sink, reads) -> None:
    put_in_many(2)
    reads()
    sink.recipients[READER] = "451 try again later"
    deliver()
    Delivery.objects.update(tries=delivery.MOST_TRIES - 1, next_try_at=NOON)
    assert deliver()[0].state == State.PARKED
    assert Feedback.objects.get().kind == "soft"


def test_the_end_of_an_order_is_counted_for_the_mail_it_followed(reads) -> None:
    from accounts import subscribing

    order = reads()
    row = Delivery.objects.create(
        subscription=order, period=NOON.date(), state=State.SENT, sent_at=NOON
    )
    subscribing.end(order.uid, NOON)
    subscribing.end(order.uid, NOON)
    assert [told.kind for told in row.feedback.all()] == ["ended"]
    assert Subscription.objects.get().ended_at
