"""Orders that bring papers as they come in: within minutes, batched, and with a cap a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction

from accounts.editions import lock_people, papers_had, pick
from accounts.models import Cadence, Delivery, Subscription, Suppression
from accounts.pages import Pages, readers
from accounts.schedule import local_day
from feeds import arrivals
from feeds.query import FeedQuery, QueryError
from feeds.reading import Page

BATCH = 200
# Papers of an edition that is older than this are not looked for among those sent before.
_LATELY = timedelta(days=4)
State = Delivery.State
UNSENT = (State.WAITING, State.CLAIMED)
STOOD_THERE = "What stood there when it was ordered."


@dataclass(slots=True)
class _Past:
    """What was opened for an order lately: its papers, and when and on which days."""

    papers: set[int] = field(default_factory=set)
    numbers: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    sent: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    last: datetime | None = None
    unsent: bool = False


def open_instant(now: datetime) -> int:
    """Writes a delivery for each order that new papers wait for; the number of them.

    Where nothing came in since an order was looked at, nothing is read for it. Any number of beats
    may call it at once.
    """
    if not Subscription.objects.running().filter(cadence=Cadence.INSTANT).exists():
        return 0
    mark, opened = arrivals.mark(), 0
    for batch in _batches(mark, now):
        with transaction.atomic():
            lock_people({order.email for order in batch})
            opened += _open(batch, mark, now)
    return opened


def _batches(mark: int, now: datetime) -> Iterator[list[Subscription]]:
    stopped = Suppression.objects.standing().values("email")
    found = Subscription.objects.active(now).filter(cadence=Cadence.INSTANT).exclude(looked=mark)
    waiting = found.exclude(email__in=stopped).order_by("query", "id").iterator(BATCH)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _open(orders: list[Subscription], mark: int, now: datetime) -> int:
    pages, past = Pages(readers(orders)), _past(orders, now)
    asked = {order.pk: _latest(order, pages, now) for order in orders}
    rows = [
        row
        for order in orders
        if (query := asked[order.pk]) and (row := _row(order, query, past[order.pk], now))
    ]
    new = {row.subscription_id: _new(row, pages, past[row.subscription_id]) for row in rows}
    person = papers_had({row.subscription.email for row in rows}, _ids(new))
    held = {row.subscription_id for row in rows if _must_wait(row, past[row.subscription_id], now)}
    written = [row for row in rows if _fill(row, new[row.subscription_id], person, held)]
    Delivery.objects.bulk_create(written)
    for order in orders:
        if order.pk not in held:
            order.looked = mark
    Subscription.objects.bulk_update(orders, ["looked"])
    return sum(row.state == State.WAITING for row in written)


def _latest(order: Subscription, pages: Pages, now: datetime) -> FeedQuery | None:
    try:
        query = pages.latest(order, local_day(order, now))
    except QueryError:
        return None
    return query if query.date else None


def _row(order: Subscription, query: FeedQuery, past: _Past, now: datetime) -> Delivery | None:
    day = local_day(order, now)
    return Delivery(
        subscription=order, period=day, number=past.numbers[day], asked=str(query),
        edition=query.date, created_at=now, next_try_at=now,
    )  # fmt: skip


def _new(row: Delivery, pages: Pages, past: _Past) -> Page:
    page = pages.of(row)
    return page if row.subscription.looked == 0 else _without(page, past.papers)


def _without(page: Page, papers: set[int]) -> Page:
    left = tuple(paper for paper in page.papers if paper.id not in papers)
    return replace(page, papers=left)


def _must_wait(row: Delivery, past: _Past, now: datetime) -> bool:
    """Whether it is too soon after the last mail, or were too many on this day."""
    order = row.subscription
    too_soon = past.last is not None and now - past.last < timedelta(minutes=order.gap)
    return order.looked != 0 and (
        past.unsent or too_soon or past.sent[row.period] >= order.daily_most
    )


def _fill(row: Delivery, page: Page, person: dict[str, set[int]], held: set[int]) -> bool:
    """Whether the row is to be written: with new papers, or as the record of the first look.

    What did not fit into one mail, or may not come yet, keeps the order among those to look at.
    """
    order = row.subscription
    if order.looked == 0:
        row.papers = [paper.id for paper in page.papers]
        row.state, row.error = State.SKIPPED, STOOD_THERE
        return True
    papers = [
        paper for paper in page.papers if not order.skip_seen or paper.id not in person[order.email]
    ]
    if order.pk in held:
        if not papers:
            held.discard(order.pk)
        return False
    row.papers = pick(papers, order)
    person[order.email].update(row.papers)
    if len(papers) > len(row.papers):
        held.add(order.pk)
    return bool(row.papers)


def _past(orders: list[Subscription], now: datetime) -> dict[int, _Past]:
    found: dict[int, _Past] = defaultdict(_Past)
    first = (now - _LATELY).date()
    rows = Delivery.objects.filter(subscription__in=orders, period__gte=first).order_by("id")
    for row in rows:
        past = found[row.subscription_id]
        past.papers.update(row.papers)
        past.numbers[row.period] = max(past.numbers[row.period], row.number + 1)
        if row.state != State.SKIPPED:
            past.sent[row.period] += 1
            past.last = row.created_at
            past.unsent |= row.state in UNSENT
    return found


def _ids(pages: dict[int, Page]) -> set[int]:
    return {paper.id for page in pages.values() for paper in page.papers}
