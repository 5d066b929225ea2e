"""Papers as they come in: within minutes, in batches, with a gap and a cap; each paper once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import delivery, ringing, subscribing
from accounts.instant import STOOD_THERE, open_instant
from accounts.models import Delivery, Subscription
from feeds.models import Feed
from tests.accounts.conftest import NOON
from tests.accounts.smtp import free_port, text_of
from tests.factories import DAY, entry, put_in, put_in_many

pytestmark = pytest.mark.django_db
State = Delivery.State
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def order(reads) -> Subscription:
    """An order of papers as they come in, after its first look at what stands there."""
    put_in(entry("It stood there before"))
    made = reads(cadence="instant")
    beat()
    return made


def beat() -> None:
    """What a beat and a worker do in a minute."""
    ringing.open_due(timezone.now())
    open_instant(timezone.now())
    waiting = Delivery.objects.claimable(timezone.now())
    delivery.send(list(waiting.order_by("id").values_list("id", flat=True)))


def sent() -> list[Delivery]:
    return list(Delivery.objects.filter(state=State.SENT).order_by("id"))


def test_what_stands_there_already_is_not_sent(sink, order) -> None:
    assert not sink.sent
    assert Delivery.objects.get().error == STOOD_THERE
    beat()
    assert Delivery.objects.count() == 1


def test_a_paper_that_comes_in_is_sent_by_the_next_beat_and_once(sink, order, clock) -> None:
    put_in(entry("Just in"))
    beat()
    assert "Just in" in text_of(sink.sent[0])
    assert "It stood there before" not in text_of(sink.sent[0])
    clock.shift(timedelta(hours=3))
    beat()
    put_in(entry("Later"))
    beat()
    assert len(sink.sent) == 2
    assert "Just in" not in text_of(sink.sent[1])


def test_what_comes_within_the_gap_waits_for_its_end_and_comes_together(sink, order, clock) -> None:
    put_in(entry("First"))
    beat()
    for title in ("Second", "Third"):
        clock.shift(10 * MINUTE)
        put_in(entry(title))
        beat()
    assert len(sink.sent) == 1
    clock.shift(41 * MINUTE)
    beat()
    said = text_of(sink.sent[1])
    assert "Second" in said
    assert "Third" in said


def test_no_more_mails_a_day_than_were_asked_for_and_the_rest_the_next_day(
    sink, order, clock
) -> None:
    subscribing.change(order.uid, daily_most=2, gap=15)
    for number in range(4):
        put_in(entry(f"Paper {number}"))
        beat()
        clock.shift(20 * MINUTE)
    assert len(sink.sent) == 2
    clock.shift(timedelta(hours=11))
    beat()
    assert len(sink.sent) == 3
    assert "Paper 3" in text_of(sink.sent[2])
    assert [(row.period - DAY).days for row in sent()] == [0, 0, 1]


def test_what_does_not_fit_into_one_mail_comes_in_the_next(sink, order, clock) -> None:
    subscribing.change(order.uid, most=3)
    put_in_many(5)
    beat()
    clock.shift(61 * MINUTE)
    beat()
    assert [len(row.papers) for row in sent()] == [3, 2]


def test_only_what_fits_the_order_is_sent(sink, reads) -> None:
    put_in(entry("A study of bees"))
    reads(cadence="instant", query="q=bees")
    beat()
    put_in(entry("A study of ants"))
    beat()
    assert not sink.sent
    put_in(entry("Bees again"))
    beat()
    assert len(sink.sent) == 1


def test_a_paper_that_came_by_another_order_does_not_come_again(sink, order, reads) -> None:
    put_in(entry("Bees and ants"))
    reads(cadence="daily")
    beat()
    mails = [text_of(mail) for mail in sink.sent]
    assert sum("Bees and ants" in mail for mail in mails) == 1


def test_while_the_mail_server_is_away_nothing_is_lost_or_doubled(
    sink, order, clock, settings
) -> None:
    settings.EMAIL_PORT = free_port()
    put_in(entry("First"))
    beat()
    put_in(entry("Second"))
    clock.shift(timedelta(hours=2))
    beat()
    settings.EMAIL_PORT = sink.port
    for _ in range(2):
        clock.shift(timedelta(hours=2))
        beat()
    assert len(sink.sent) == 2
    assert "First" in text_of(sink.sent[0])
    assert "Second" in text_of(sink.sent[1])


def test_a_paused_one_brings_nothing_and_an_ended_one_begins_anew(sink, order, clock) -> None:
    subscribing.change(order.uid, paused_until=DAY + timedelta(days=9))
    put_in(entry("While paused"))
    beat()
    assert not sink.sent
    subscribing.change(order.uid, paused_until=None)
    subscribing.end(order.uid, NOON)
    subscribing.confirm(order.uid, NOON)
    beat()
    assert not sink.sent
    put_in(entry("After that"))
    beat()
    assert len(sink.sent) == 1


def test_a_feed_brings_what_its_curators_publish(sink, reads) -> None:
    from feeds.models import Edition, Paper, Placing

    put_in(entry("Placed later"))
    feed = Feed.objects.create(slug="daily", name="Daily", reviewed=True)
    reads(cadence="instant", query="feed=daily")
    beat()
    Placing.objects.create(feed=feed, paper=Paper.objects.get(), date=DAY)
    Edition.objects.create(feed=feed, period="day", date=DAY, published_at=NOON)
    beat()
    beat()
    assert len(sink.sent) == 1


def test_where_nothing_came_in_nothing_is_read_however_many_orders_there_are(sink, reads) -> None:
    put_in_many(2)
    for number in range(9):
        reads(f"reader{number}@example.org", cadence="instant", query=f"q=bees{number}")
    open_instant(NOON)
    with CaptureQueriesContext(connection) as queries:
        open_instant(NOON)
    assert len(queries) <= 5


def test_many_orders_of_one_query_read_it_once(sink, reads) -> None:
    def asked(readers: int) -> int:
        for number in range(readers):
            reads(f"r{readers}-{number}@example.org", cadence="instant")
        open_instant(NOON)
        put_in_many(1)
        with CaptureQueriesContext(connection) as queries:
            assert open_instant(NOON) >= readers
        Delivery.objects.all().delete()
        return len(queries)

    put_in_many(2)
    assert asked(2) == asked(20)
