"""From due to a mail at a real mail server, whatever goes wrong on the way."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import delivery, ringing
from accounts.models import Delivery
from accounts.models.delivery import STALE
from feeds.models import Paper
from feeds.query import parse
from feeds.reading import papers_in
from tests.accounts.conftest import NOON
from tests.accounts.smtp import free_port, html_of, text_of
from tests.factories import DAY, entry, put_in, put_in_many

pytestmark = pytest.mark.django_db
State = Delivery.State
MORNING = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON) as traveller:
        yield traveller


def deliver(now: datetime = NOON) -> list[Delivery]:
    """What a beat and a worker do at `now`: the ledger afterwards, by id."""
    ringing.open_due(now)
    delivery.send(list(Delivery.objects.order_by("id").values_list("id", flat=True)))
    return list(Delivery.objects.order_by("id"))


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the site logged; the mail server logs in the same process."""
    return [record.getMessage() for record in caplog.records if record.name != "mail.log"]


def states() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("id").values_list("state", "error"))


def test_what_is_due_becomes_a_mail(sink, reads) -> None:
    put_in_many(3)
    reads()
    row = deliver()[0]
    assert (row.state, row.period, row.edition) == (State.SENT, DAY, DAY)
    assert [mail["To"] for mail in sink.sent] == ["reader@example.org"]
    assert sink.sent[0]["Message-ID"] == row.message_id


def test_the_mail_has_the_papers_of_the_list_in_its_order(sink, reads) -> None:
    put_in(*(entry(upvotes=votes) for votes in (3, 40, 7, 7, 1)))
    reads()
    row = deliver()[0]
    page = papers_in(parse(row.asked))
    assert row.papers == [paper.id for paper in page.papers]
    places = [text_of(sink.sent[0]).index(paper.title) for paper in page.papers]
    assert places == sorted(places)


def test_a_mail_brings_as_many_papers_as_were_ordered(sink, reads) -> None:
    put_in_many(8)
    reads(most=5)
    assert len(deliver()[0].papers) == 5
    assert "The rest of this edition" in text_of(sink.sent[0])


def test_a_second_ring_sends_nothing_more(sink, reads) -> None:
    put_in_many(2)
    reads()
    deliver()
    deliver(NOON + timedelta(hours=3))
    assert len(sink.sent) == 1


def test_one_connection_brings_a_whole_batch(sink, reads) -> None:
    put_in_many(2)
    for number in range(12):
        reads(f"reader{number}@example.org")
    deliver()
    assert (len(sink.sent), sink.connections) == (12, 1)


def test_the_tag_that_was_ordered_decides(sink, reads) -> None:
    put_in(entry("Sparse attention for long texts"), entry("A study of bees"))
    reads(query="q=bees")
    deliver()
    assert "A study of bees" in text_of(sink.sent[0])
    assert "Sparse attention" not in text_of(sink.sent[0])


def test_a_weekend_without_a_new_edition_brings_nothing(sink, reads, clock) -> None:
    put_in_many(2)
    reads()
    deliver()
    for days in (1, 2):
        clock.move_to(NOON + days * MORNING)
        deliver(NOON + days * MORNING)
    assert len(sink.sent) == 1
    assert [state for state, _ in states()] == [State.SENT, State.SKIPPED, State.SKIPPED]
    assert states()[1][1] == "Nothing new: this edition was sent before."


def test_a_paper_comes_once_however_many_editions_list_it(sink, reads, clock) -> None:
    again = entry("Listed twice")
    put_in(again, entry("Only on Friday"))
    reads()
    deliver()
    put_in(again, entry("Only on Saturday"), day=DAY + MORNING)
    clock.move_to(NOON + MORNING)
    deliver(NOON + MORNING)
    assert "Only on Saturday" in text_of(sink.sent[1])
    assert "Listed twice" not in text_of(sink.sent[1])


def test_a_paper_comes_once_over_all_orders_of_a_person(sink, reads) -> None:
    put_in(entry("Bees and ants"), entry("A study of stars"))
    reads(query="q=bees")
    reads()
    reads("somebody.else@example.org")
    deliver()
    mails = [text_of(mail) for mail in sink.to("reader@example.org")]
    assert sorted("Bees and ants" in mail for mail in mails) == [False, True]
    assert "Bees and ants" in text_of(sink.to("somebody.else@example.org")[0])


def test_a_list_is_read_on_where_its_first_papers_came_before(sink, reads, clock) -> None:
    again = [entry(upvotes=50) for _ in range(30)]
    put_in(*again)
    order = reads(most=30)
    deliver()
    type(order).objects.update(most=5)
    put_in(*again, *(entry("Only on Saturday", upvotes=1) for _ in range(7)), day=DAY + MORNING)
    clock.move_to(NOON + MORNING)
    row = deliver(NOON + MORNING)[1]
    assert len(row.papers) == 5
    assert text_of(sink.sent[1]).count("Only on Saturday") >= 5


def test_a_list_is_read_once_for_all_who_ask_for_it(sink, reads) -> None:
    put_in_many(60)
    for number in range(6):
        reads(f"reader{number}@example.org", query=("", "q=subject")[number % 2])
    with CaptureQueriesContext(connection) as queries:
        deliver()
    ranked = [query["sql"] for query in queries if "feeds_paperstats" in query["sql"]]
    assert len(sink.sent) == 6
    assert len(ranked) == 4  # two questions: each one's order, and its papers


def test_who_wants_repeats_gets_them(sink, reads) -> None:
    put_in(entry("Bees and ants"), entry("A study of stars"))
    reads(query="q=bees")
    reads(skip_seen=False)
    deliver()
    assert all("Bees and ants" in text_of(mail) for mail in sink.sent)


def test_where_every_paper_came_before_nothing_is_sent(sink, reads) -> None:
    put_in(entry("Bees and ants"))
    reads()
    reads(query="q=bees")
    deliver()
    assert len(sink.sent) == 1
    assert (State.SKIPPED, "Nothing new: all of its papers were sent before.") in states()


def test_who_wants_to_know_that_nothing_is_new_is_told(sink, reads, clock) -> None:
    put_in_many(2)
    reads(skip_empty=False)
    deliver()
    clock.move_to(NOON + MORNING)
    deliver(NOON + MORNING)
    assert sink.sent[1]["Subject"] == "Broadsheet: nothing new"
    for part in (text_of, html_of):
        assert "Nothing new has come since Friday, 24 April 2026." in part(sink.sent[1])


def test_breadth_brings_papers_of_more_topics_in_the_order_of_the_list(sink, reads) -> None:
    put_in(
        *(entry(f"Diffusion models {number}", upvotes=90 - number) for number in range(4)),
        entry("Speech recognition for bees", upvotes=2),
        entry("Graph neural networks of ants", upvotes=1),
    )
    reads(most=3)
    reads("broad@example.org", most=3, breadth=True)
    plain, broad = deliver()
    titles = {paper.id: paper.title for paper in papers_in(parse(plain.asked)).papers}
    assert all("Diffusion" in titles[paper] for paper in plain.papers)
    assert sum("Diffusion" in titles[paper] for paper in broad.papers) == 1
    assert broad.papers == [paper for paper in titles if paper in broad.papers]


def test_where_no_paper_was_ever_listed_nothing_is_sent(sink, reads) -> None:
    reads()
    assert deliver()[0].state == State.SKIPPED
    assert not sink.sent


@pytest.mark.parametrize(
    ("cadence", "now", "asked"),
    [
        ("weekly", datetime(2026, 4, 27, 9, tzinfo=UTC), "period=week&date=2026-04-20"),
        ("monthly", datetime(2026, 5, 1, 9, tzinfo=UTC), "period=month&date=2026-04-01"),
    ],
)
def test_a_week_and_a_month_are_sent_when_they_are_over(
    sink, reads, clock, *, cadence, now, asked
) -> None:
    put_in(entry("Of the week that is over"))
    put_in(entry("Of the day itself"), day=now.date())
    reads(cadence=cadence)
    clock.move_to(now)
    assert deliver(now)[0].asked == asked
    assert "Of the day itself" not in text_of(sink.sent[0])


def test_five_days_without_a_worker_bring_one_mail(sink, reads, clock) -> None:
    put_in_many(2)
    reads()
    for days in range(5):
        put_in_many(2, day=DAY + days * MORNING)
        ringing.open_due(NOON + days * MORNING)
    clock.move_to(NOON + 4 * MORNING)
    rows = deliver(NOON + 4 * MORNING)
    assert [row.state for row in rows] == [State.SKIPPED] * 4 + [State.SENT]
    assert len(sink.sent) == 1


def test_a_temporary_refusal_is_tried_again_later(sink, reads, clock) -> None:
    put_in_many(2)
    reads()
    sink.recipients["reader@example.org"] = "451 try again later"
    row = deliver()[0]
    assert (row.state, row.tries) == (State.WAITING, 1)
    assert row.error == "451 try again later"
    assert row.next_try_at > NOON + timedelta(seconds=30)
    sink.recipients.clear()
    assert deliver()[0].state == State.WAITING
    clock.move_to(row.next_try_at)
    again = deliver()[0]
    assert (again.state, again.tries, again.papers) == (State.SENT, 2, row.papers)


def test_a_second_try_brings_papers_that_fell_out_of_the_first_hundred(sink, reads, clock) -> None:
    put_in(entry("Chosen at first"), entry("Chosen, and dropped since"))
    reads()
    sink.recipients["reader@example.org"] = "451 try again later"
    row = deliver()[0]
    put_in_many(120, upvotes=50)
    Paper.objects.filter(title__contains="dropped").update(dropped_at=NOON)
    sink.recipients.clear()
    clock.move_to(row.next_try_at)
    assert deliver()[0].state == State.SENT
    assert "Chosen at first" in text_of(sink.sent[0])
    assert "Chosen, and dropped since" not in text_of(sink.sent[0])
    assert text_of(sink.sent[0]).count("A study of subject") == 0


def test_a_permanent_refusal_is_recorded_and_not_tried_again(sink, reads, clock) -> None:
    put_in_many(2)
    reads()
    reads("other@example.org")
    sink.recipients["reader@example.org"] = "550 no such reader"
    rows = deliver()
    assert [(row.state, row.error) for row in rows] == [
        (State.REFUSED, "550 no such reader"),
        (State.SENT, ""),
    ]
    clock.move_to(NOON + timedelta(hours=8))
    assert deliver()[0].state == State.REFUSED


def test_a_refused_content_is_recorded(sink, reads) -> None:
    put_in_many(2)
    reads()
    sink.contents["reader@example.org"] = "554 looks like spam"
    assert deliver()[0].state == State.REFUSED


def test_waiting_grows_with_each_try_and_has_an_end() -> None:
    waits = [delivery.wait_before(tries) for tries in range(1, 11)]
    assert timedelta(seconds=45) <= waits[0] <= timedelta(seconds=90)
    assert waits[6] > timedelta(minutes=40)
    assert max(waits) <= 1.5 * delivery.LONGEST_WAIT
    assert len({delivery.wait_before(5) for _ in range(5)}) == 5


def test_after_enough_tries_a_delivery_is_parked(sink, reads, clock) -> None:
    put_in_many(2)
    reads()
    sink.recipients["reader@example.org"] = "451 try again later"
    deliver()
    Delivery.objects.update(tries=delivery.MOST_TRIES - 1, next_try_at=NOON)
    assert deliver()[0].state == State.PARKED


def test_a_mail_server_that_is_down_costs_no_try(sink, reads, clock, settings) -> None:
    put_in_many(2)
    for number in range(3):
        reads(f"reader{number}@example.org")
    settings.EMAIL_PORT = free_port()
    rows = deliver()
    assert [(row.state, row.tries, row.papers) for row in rows] == [(State.WAITING, 0, [])] * 3
    assert "Refused" in rows[0].error
    settings.EMAIL_PORT = sink.port
    clock.move_to(NOON + timedelta(minutes=5))
    deliver()
    assert len(sink.sent) == 3


def test_a_claim_that_was_left_is_sent_again_as_the_same_mail(sink, reads, clock) -> None:
    put_in_many(2)
    reads()
    deliver()
    Delivery.objects.update(state=State.CLAIMED, sent_at=None)
    put_in(entry("Came in between"), day=DAY)
    deliver()
    assert len(sink.sent) == 1
    clock.move_to(NOON + STALE + timedelta(minutes=1))
    deliver()
    first, second = sink.sent
    assert first["Message-ID"] == second["Message-ID"]
    assert "Came in between" not in text_of(second)


def test_a_batch_that_takes_long_stays_with_whom_it_is(sink, reads, clock) -> None:
    put_in_many(2)
    for name in ("ada", "ben", "eve"):
        reads(f"{name}@example.org")
    ringing.open_due(NOON)
    ids = list(Delivery.objects.order_by("id").values_list("id", flat=True))
    rows = delivery.claim(ids, NOON)
    Delivery.objects.filter(pk=rows[2].pk).update(claimed_at=NOON - timedelta(seconds=1))
    clock.move_to(NOON + STALE - timedelta(seconds=1))
    delivery.renew(rows)
    assert [row.pk for row in delivery.claim(ids, NOON + STALE)] == [rows[2].pk]
    assert [row.claimed_at > NOON for row in rows] == [True, True, False]


def test_a_claim_lasts_longer_than_a_mail_server_may_take(settings) -> None:
    steps = 5  # MAIL, RCPT, DATA, the mail, the answer
    assert timedelta(seconds=steps * settings.EMAIL_TIMEOUT) < STALE


def test_who_has_lost_the_claim_does_not_send(sink, reads) -> None:
    put_in_many(2)
    reads()
    reads("other@example.org")
    ringing.open_due(NOON)
    rows = delivery.claim(Delivery.objects.values_list("id", flat=True), NOON)
    editions = delivery.choose(rows)
    Delivery.objects.update(claimed_at=NOON + timedelta(minutes=1))
    assert delivery.choose(rows) == {}
    delivery._send_by(delivery.channels.get("email"), rows, editions)
    assert [state for state, _ in states()] == [State.CLAIMED] * 2
    assert not sink.sent


@pytest.mark.parametrize("change", [{"ended_at": NOON}, {"paused_until": date(2026, 5, 1)}])
@pytest.mark.parametrize("moment", ["before it is claimed", "after it is claimed"])
def test_who_ends_or_pauses_at_the_last_moment_gets_nothing(sink, reads, change, moment) -> None:
    put_in_many(2)
    order = reads()
    ringing.open_due(NOON)
    ids = list(Delivery.objects.values_list("id", flat=True))
    orders = type(order).objects.all()
    if moment == "before it is claimed":
        orders.update(**change)
        delivery.send(ids)
    else:
        rows = delivery.claim(ids, NOON)
        editions = delivery.choose(rows)
        orders.update(**change)
        delivery._send_by(delivery.channels.get("email"), rows, editions)
    assert not sink.sent
    assert Delivery.objects.get().state == State.SKIPPED


def test_one_mail_that_cannot_be_written_does_not_stop_the_others(sink, reads, caplog) -> None:
    put_in_many(2)
    reads("reader@example.org")
    reads("other@example.org")
    ringing.open_due(NOON)
    rows = delivery.claim(Delivery.objects.order_by("id").values_list("id", flat=True), NOON)
    editions = delivery.choose(rows)
    broken = {rows[0].id: None, rows[1].id: editions[rows[1].id]}
    delivery._send_by(delivery.channels.get("email"), rows, broken)
    assert [row.state for row in Delivery.objects.order_by("id")] == [State.WAITING, State.SENT]
    assert "AttributeError" in caplog.text
    assert not any("example.org" in line for line in said(caplog))


def test_one_order_that_cannot_be_read_does_not_stop_the_others(sink, reads) -> None:
    put_in_many(2)
    reads("reader@example.org", cadence="fortnight")
    reads("other@example.org")
    rows = deliver()
    assert [(row.state, row.asked != "") for row in rows] == [
        (State.WAITING, False),
        (State.SENT, True),
    ]
    assert "fortnight" in rows[0].error


def test_a_query_that_can_no_longer_be_read_is_parked_with_the_reason(sink, reads) -> None:
    put_in_many(2)
    reads(query="sort=oldest")
    row = deliver()[0]
    assert row.state == State.PARKED
    assert "sort is 'oldest'" in row.error


def test_a_paper_that_was_dropped_is_in_no_mail(sink, reads) -> None:
    put_in(entry("Kept"), entry("Dropped"))
    Paper.objects.filter(title="Dropped").update(dropped_at=NOON)
    reads()
    deliver()
    assert "Dropped" not in text_of(sink.sent[0])


def test_the_addresses_of_readers_are_in_no_log(sink, reads, caplog) -> None:
    put_in_many(2)
    for address, answer in (("a", "550 no"), ("b", "451 later"), ("c", "250 OK")):
        reads(f"{address}@readers.example.org")
        sink.recipients[f"{address}@readers.example.org"] = answer
    deliver()
    assert said(caplog)
    assert not any("example.org" in line for line in said(caplog))


def test_a_batch_asks_the_database_as_often_for_a_hundred_as_for_two(sink, reads) -> None:
    put_in_many(5)

    def asked(readers: int) -> int:
        for number in range(readers):
            reads(f"r{readers}-{number}@example.org", query=("", "q=subject")[number % 2])
        before = len(sink.sent)
        with CaptureQueriesContext(connection) as queries:
            deliver()
        assert len(sink.sent) - before == readers
        # One short statement a mail keeps the ledger: it holds this one and marks the one before.
        return len(queries) - readers

    assert asked(2) == asked(100)
