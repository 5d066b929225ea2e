"""The days, weeks and months that a question has papers for."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from feeds.followed import parts
from feeds.matching import listings
from feeds.models import Digest, Edition, Placing
from feeds.named import FeedView
from feeds.query import FeedQuery
from feeds.while_unchanged import WhileUnchanged

_NEAR = WhileUnchanged[date | None]()
_BYLINES = WhileUnchanged[str]()


def latest(
    query: FeedQuery,
    feed: FeedView | None,
    until: date | None = None,
    *,
    viewer: int | None = None,
) -> FeedQuery:
    """The question with its date filled in: the latest period that has papers for it.

    `until` bounds that: the period holds a day that is not after it. A question over all time,
    or with a date, comes back as it is; where there is no such period, so does any other.
    """
    if query.period == "all" or query.date:
        return query
    found = [days.filter(date__lte=until) if until else days for days in _days(query, feed, viewer)]
    last = [days.order_by("-date").values_list("date", flat=True).first() for days in found]
    days = [day for day in last if day]
    return query.on(query.period, max(days)) if days else query


def neighbour(
    query: FeedQuery, feed: FeedView | None, *, later: bool, viewer: int | None = None
) -> date | None:
    """The first day of the next or previous period that has papers for the question."""
    if not query.date or not query.last_day:
        return None
    if viewer is None and feed is None and query.by_database_alone:
        return _NEAR.get((query, later), lambda: _near(query, None, None, later=later))
    return _near(query, feed, viewer, later=later)


def _near(
    query: FeedQuery, feed: FeedView | None, viewer: int | None, *, later: bool
) -> date | None:
    every = _days(query, feed, viewer)
    if later:
        found = [days.filter(date__gt=query.last_day).order_by("date") for days in every]
        near = [days.values_list("date", flat=True).first() for days in found]
        day = min((day for day in near if day), default=None)
    else:
        found = [days.filter(date__lt=query.date).order_by("-date") for days in every]
        near = [days.values_list("date", flat=True).first() for days in found]
        day = max((day for day in near if day), default=None)
    return query.on(query.period, day).date if day else None


def days_in(
    query: FeedQuery, feed: FeedView | None, first: date, last: date, *, viewer: int | None = None
) -> set[date]:
    """The days from `first` to `last` that have papers for the question."""
    every = [days.filter(date__range=(first, last)) for days in _days(query, feed, viewer)]
    rows = [days.order_by().values_list("date", flat=True).distinct() for days in every]
    return {day for days in rows for day in days}


def byline(query: FeedQuery, feed: FeedView | None) -> str:
    """The feed's, or that of the latest digest of the period."""
    if feed and feed.byline:
        return feed.byline
    if not query.date:
        return ""
    first, last = query.date, query.last_day
    return _BYLINES.get((first, last), lambda: _latest_byline(first, last))


def _latest_byline(first: date, last: date | None) -> str:
    digests = Digest.objects.filter(date__range=(first, last)).exclude(byline="")
    return digests.order_by("-date", "-id").values_list("byline", flat=True).first() or ""


def _days(query: FeedQuery, feed: FeedView | None, viewer: int | None) -> list[QuerySet[Any]]:
    """Rows with the dates that the question has papers on."""
    if feed and feed.reviewed:
        return [Edition.objects.published().filter(feed=feed.id, period="day")]
    papers = parts(replace(query, period="all", date=None, sources=()), feed, viewer)
    days: list[QuerySet[Any]] = [listings(found, query, feed) for found in papers]
    return [*days, Placing.objects.filter(feed=feed.id).placed(None, None)] if feed else days
