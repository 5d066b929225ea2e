"""The links at the head of an edition's desk: beside it, to other periods, to what readers see."""

from dataclasses import dataclass
from datetime import date, timedelta

from feeds.named import FeedView
from feeds.query import FeedQuery
from feeds.web.addresses import desk_path, feed_path
from feeds.web.links import Link
from feeds.web.wording import neighbour_words, period_name

_PERIODS = ("day", "week", "month")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeskLinks:
    previous: Link
    next: Link
    periods: tuple[Link, ...]
    readers: str


def desk_links(feed: FeedView, at: FeedQuery, today: date) -> DeskLinks:
    """Those of the desk of the edition `at`. From a week or a month a day leads to its last one
    that has come.
    """
    first, last = at.date or today, at.last_day or today
    near = first if at.period == "day" else max(first, min(last, today))
    return DeskLinks(
        previous=_beside(feed, at, first - _DAY),
        next=_beside(feed, at, last + _DAY),
        periods=tuple(
            Link(
                period_name(period),
                desk_path(feed.slug, at.on(period, near)),
                period == at.period,
            )
            for period in _PERIODS
        ),
        readers=feed_path(feed.slug, at),
    )


def _beside(feed: FeedView, at: FeedQuery, day: date) -> Link:
    return Link(neighbour_words(at, day), desk_path(feed.slug, at.on(at.period, day)))
