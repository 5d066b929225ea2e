"""Every edition that was, the latest first: where it is read, and what led it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache

from feeds import periods, reading
from feeds.named import FeedView, feed_of
from feeds.query import FeedQuery

PAGE = 14
LEADING = 3
FRESH_FOR = 60  # seconds
_WINDOW = timedelta(days=60)
_MOST_WINDOWS = 4


@dataclass(frozen=True, slots=True)
class Past:
    """An edition: its question, with feed and date, and the titles of the papers that led it."""

    query: FeedQuery
    titles: tuple[str, ...]

    @property
    def day(self) -> date:
        assert self.query.date  # noqa: S101  (editions have one)
        return self.query.date


@dataclass(frozen=True, slots=True)
class Archive:
    """A page of editions; `more` is the day before which the next page begins, None on the last."""

    editions: tuple[Past, ...]
    more: date | None
    feed: FeedView | None = None


def editions(
    query: FeedQuery,
    before: date | None = None,
    *,
    viewer: int | None = None,
    leading: int = LEADING,
) -> Archive:
    """The editions of days that are before `before`. Raises NotThere.

    What everybody sees is kept for a minute.
    """
    feed = feed_of(query, viewer)
    if viewer is not None and feed and feed.private:
        return _editions(query, feed, before, viewer, leading)
    key = f"archive:{query.feed}:{before}:{leading}"
    found: Archive | None = cache.get(key)
    if found is None:
        found = _editions(query, feed, before, None, leading)
        cache.set(key, found, FRESH_FOR)
    return found


def _editions(
    query: FeedQuery, feed: FeedView | None, before: date | None, viewer: int | None, leading: int
) -> Archive:
    asked = query.on("day", None)
    found = _some(_days(asked, feed, before, viewer), PAGE + 1)
    shown = tuple(_past(asked.on("day", day), viewer, leading) for day in found[:PAGE])
    return Archive(shown, found[PAGE - 1] if len(found) > PAGE else None, feed)


def _days(
    query: FeedQuery, feed: FeedView | None, before: date | None, viewer: int | None
) -> Iterator[date]:
    """The days that have an edition, the latest first, from `before` back."""
    if before is None:
        latest = periods.latest(query, feed, viewer=viewer).date
        if latest is None:
            return
        before = latest + timedelta(days=1)
    for _ in range(_MOST_WINDOWS):
        first, last = before - _WINDOW, before - timedelta(days=1)
        yield from sorted(periods.days_in(query, feed, first, last, viewer=viewer), reverse=True)
        # Over a long silence at once, to the next that there is.
        near = periods.neighbour(query.on("day", first), feed, later=False, viewer=viewer)
        if near is None:
            return
        before = near + timedelta(days=1)


def _some(days: Iterator[date], most: int) -> list[date]:
    return [day for _, day in zip(range(most), days, strict=False)]


def _past(query: FeedQuery, viewer: int | None, leading: int) -> Past:
    page = reading.papers_in(query, viewer=viewer, limit=leading)
    return Past(query, tuple(paper.title for paper in page.papers))
