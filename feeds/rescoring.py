"""Stored scores written again: those that time has made stale, and all after an upgrade."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db import transaction

from feeds.copying import update_rows
from feeds.followers import followers
from feeds.models import Listing, PaperStats
from feeds.models.paper import LONG_AGO
from feeds.rankers.base import moving_rankers, rankers
from feeds.scoring import rescore
from feeds.usual import usual_votes

BATCH = 2_000
# Of one ring of the clock; what is left over waits for the next one.
MOST = 20_000


def write_due(now: datetime) -> int:
    """Writes the scores that are due, the longest due first, `MOST` at most; how many.

    Rows that someone else holds are left for the next time: a vote scores them anyway.
    """
    due = PaperStats.objects.filter(rising_due__lte=now).order_by("rising_due")
    written = 0
    while written < MOST:
        with transaction.atomic():
            rows = list(due.select_for_update(skip_locked=True)[:BATCH])
            _write(rows, now)
        written += len(rows)
        if len(rows) < BATCH:
            break
    return written


def write_all(now: datetime) -> Iterator[int]:
    """Writes the scores of every paper in batches, and yields how many each of them had."""
    after = 0
    rows = PaperStats.objects.order_by("paper_id")
    while True:
        with transaction.atomic():
            batch = list(rows.filter(paper__gt=after).select_for_update()[:BATCH])
            _write(batch, now)
        if not batch:
            return
        after = batch[-1].paper_id
        yield len(batch)


def _write(rows: Sequence[PaperStats], now: datetime) -> None:
    usual = usual_votes([row.paper_id for row in rows if row.usual_votes is None])
    followed = followers([row.paper_id for row in rows if row.followers is None], now)
    came_with = _came_with([row.paper_id for row in rows if row.rising_at == LONG_AGO])
    for row in rows:
        if row.usual_votes is None:
            row.usual_votes = usual.get(row.paper_id)
        if row.followers is None:
            row.followers = followed.get(row.paper_id, 0)
        row.first_votes = came_with.get(row.paper_id, row.first_votes)
        rescore(row, now)
    names = ["paper_id", "first_votes", "usual_votes", "followers", "rising_at", "rising_due"]
    names += rankers.names() + moving_rankers.names()
    update_rows(PaperStats, names, [[getattr(row, name) for name in names] for row in rows])


def _came_with(papers: Collection[int]) -> dict[int, int]:
    """The votes with which these papers came, of which an older version kept none: those of
    their earliest listings.
    """
    listings = Listing.objects.filter(paper__in=papers, votes__isnull=False)
    first = listings.order_by("paper_id", "date", "id").distinct("paper_id")
    rows = first.values_list("paper_id", "votes") if papers else ()
    return {paper: votes or 0 for paper, votes in rows}
