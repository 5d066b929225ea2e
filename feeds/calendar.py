"""A month as a calendar: which of its days have an edition for a question."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from config.read_routing import reader
from feeds import periods
from feeds.collected import check_collection
from feeds.named import FeedView, feed_of
from feeds.query import FeedQuery

# One look into an index for each day, however many papers the days have.
_PLAIN_DAYS = """
SELECT day::date FROM generate_series(%s::date, %s::date, interval '1 day') AS day
CROSS JOIN LATERAL (
    SELECT 1 FROM feeds_listing AS here JOIN feeds_paper AS paper ON paper.id = here.paper_id
    WHERE here.date = day::date AND paper.dropped_at IS NULL LIMIT 1
) AS first
"""

MOST_COUNTED = 1000
_PAPERS_OF_DAY = """
SELECT count(*) FROM (
    SELECT DISTINCT here.paper_id
    FROM feeds_listing AS here JOIN feeds_paper AS paper ON paper.id = here.paper_id
    WHERE here.date = %s AND paper.dropped_at IS NULL LIMIT %s
) AS named
"""


@dataclass(frozen=True, slots=True)
class Day:
    """`listed` says that there is an edition, `current` that it is the one that is read."""

    date: dt.date
    listed: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday; days of other months are None."""

    monday: dt.date
    days: tuple[Day | None, ...]

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def listed(self) -> bool:
        return any(day and day.listed for day in self.days)


@dataclass(frozen=True, slots=True)
class Month:
    """A month for a question. `previous` and `next` are the first days of the nearest months that
    have editions for it; None also where nobody looked. `papers` is how many those of a plain
    day are, `MOST_COUNTED` at most.
    """

    query: FeedQuery
    first: dt.date
    weeks: tuple[Week, ...]
    previous: dt.date | None = None
    next: dt.date | None = None
    papers: int | None = None


def plain_month(query: FeedQuery) -> Month | None:
    """The month in which the question's date lies; None where it has none, or asks for more than
    an edition: to find the days of such a question may take long.
    """
    if not query.date or replace(query, period="day", date=None, sort="hot") != FeedQuery():
        return None
    first = query.date.replace(day=1)
    with reader().cursor() as cursor:
        cursor.execute(_PLAIN_DAYS, [first, _last_day(first)])
        listed = {day for (day,) in cursor.fetchall()}
        papers = None
        if query.period == "day":
            cursor.execute(_PAPERS_OF_DAY, [query.date, MOST_COUNTED])
            (papers,) = cursor.fetchone()
    return Month(query, first, tuple(_weeks(query, first, listed)), papers=papers)


def month(query: FeedQuery, first: dt.date, *, viewer: int | None = None) -> Month:
    """The month that begins on `first`, for any question. Raises NotThere."""
    check_collection(query, viewer)
    feed = feed_of(query, viewer)
    here = query.on("month", first)
    listed = periods.days_in(query, feed, first, _last_day(first), viewer=viewer)
    return Month(
        query=query,
        first=first,
        weeks=tuple(_weeks(query, first, listed)),
        previous=_beside(here, feed, viewer, later=False),
        next=_beside(here, feed, viewer, later=True),
    )


def _beside(
    here: FeedQuery, feed: FeedView | None, viewer: int | None, *, later: bool
) -> dt.date | None:
    return periods.neighbour(here, feed, later=later, viewer=viewer)


def _last_day(first: dt.date) -> dt.date:
    return FeedQuery().on("month", first).last_day or first


def _weeks(query: FeedQuery, first: dt.date, listed: set[dt.date]) -> Iterator[Week]:
    monday = first - dt.timedelta(days=first.weekday())
    while monday <= _last_day(first):
        days = (monday + dt.timedelta(days=number) for number in range(7))
        yield Week(monday, tuple(_day(query, first, day, listed) for day in days))
        monday += dt.timedelta(days=7)


def _day(query: FeedQuery, first: dt.date, day: dt.date, listed: set[dt.date]) -> Day | None:
    if day.month != first.month:
        return None
    return Day(day, day in listed, query.period == "day" and day == query.date)
