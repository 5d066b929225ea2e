"""The first papers of some days, read off each day's own scores (docs/decisions/0014).

The best of a month are among the best of each of its days: so many are looked up of each day as
the page wants, whatever else the month brought. What a viewer may not see is left out later.
"""

from datetime import timedelta
from typing import Any

from django.db import connections
from django.db.models.expressions import RawSQL

from feeds.cursor import Place
from feeds.models import Paper
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView
from feeds.query import FeedQuery

# Those whose scores stand beside the days.
ORDERS = ("hot", "rising", "scaled", "new", "top")
# So many times as many papers are looked up as are wanted: some may be dropped, or hidden.
SPARE = 2

_TOPS = """
SELECT paper_id FROM (
    SELECT DISTINCT top.score, top.paper_id FROM unnest(%s::date[]) AS here (day)
    CROSS JOIN LATERAL (
        SELECT {{order}} AS score, paper_id FROM feeds_dayscore
        WHERE date = here.day{after} ORDER BY {{order}} DESC, paper_id LIMIT %s
    ) AS top ORDER BY top.score DESC, top.paper_id LIMIT %s
) AS best
"""
_AFTER = " AND {order} <= %s AND ({order} < %s OR paper_id > %s)"


def plainly_of_days(query: FeedQuery, feed: FeedView | None) -> bool:
    """Whether the question asks for all papers of its period, whatever their order."""
    if feed or not query.date or query.sort not in ORDERS:
        return False
    return FeedQuery(period=query.period, date=query.date, sort=query.sort) == query


def firsts(
    query: FeedQuery, viewer: int | None, order: str, place: Place | None, count: int
) -> list[tuple[int, float]] | None:
    """The ids of the first `count` papers after the place with their scores, as the viewer sees
    them; the question is one that asks `plainly_of_days`. None where too many of those that were
    looked up are left out.
    """
    tops, values = _tops(query, order, place, SPARE * count)
    among = _shown(viewer).filter(pk__in=RawSQL("SELECT paper_id FROM tops", []))
    rows = among.ranked(order).annotate(looked_up=RawSQL("SELECT count(*) FROM tops", []))
    told = rows.values_list("pk", f"stats__{order}", "looked_up")[:count]
    text, more = told.query.sql_with_params()
    with connections[told.db].cursor() as cursor:
        cursor.execute(f"WITH tops AS MATERIALIZED ({tops}) {text}", [*values, *more])
        found = cursor.fetchall()
    if len(found) < count and (not found or found[0][2] == SPARE * count):
        return None
    return [(paper, score) for paper, score, _ in found]


def near_the_top(query: FeedQuery, viewer: int | None, order: str, count: int) -> PaperQuerySet:
    """The first `count` papers of the question's days, without those that are left out."""
    tops, values = _tops(query, order, None, count)
    return _shown(viewer).filter(pk__in=RawSQL(tops, values))  # noqa: S611


def _shown(viewer: int | None) -> PaperQuerySet:
    return Paper.objects.visible().not_hidden_by(viewer)


def _tops(query: FeedQuery, order: str, place: Place | None, count: int) -> tuple[str, list[Any]]:
    assert query.date  # noqa: S101 (whoever asks plainly of days has both)
    assert query.last_day  # noqa: S101
    length = (query.last_day - query.date).days + 1
    days = [query.date + timedelta(days=number) for number in range(length)]
    after = [place.score, place.score, place.paper_id] if place else []
    text = _TOPS.format(after=_AFTER if place else "").format(order=f'"{order}"')
    return text, [days, *after, count, count]
