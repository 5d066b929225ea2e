"""Editions end: from then on they stay what they were, but for corrections that say so."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from feeds.editions import Chosen, compose
from feeds.models import Correction, Edition, Feed
from feeds.named import FeedView, feed_view
from feeds.query import FeedQuery

PERIODS = ("day", "week", "month")
# Digests of a day come in until the morning after it.
GRACE = timedelta(hours=12)
DAYS_BACK = 40  # that are looked through for editions that nobody closed


def close_ended(now: datetime) -> int:
    """Closes the editions of all feeds whose period is over, and that were not; how many.

    The days of feeds that curators publish are closed by publishing them; their weeks and months,
    which show what was published, close by themselves.
    """
    closed = 0
    for row in Feed.objects.iterator():
        feed = feed_view(row)
        for query in _unclosed(feed, now):
            if compose(feed, query).papers:  # one without papers is no edition
                close(feed, query, now)
                closed += 1
    return closed


def publish(
    feed: FeedView,
    day: date,
    now: datetime,
    *,
    note: str | None = None,
    period: str = "day",
) -> Edition:
    """Shows the edition in whose period the day lies to its readers as it is now, and closes it."""
    query = FeedQuery().on(period, day)
    edition = close(feed, query, now)
    edition.published_at = edition.published_at or now
    if note is not None:
        edition.note = note
    edition.save()
    return edition


@transaction.atomic
def close(feed: FeedView, query: FeedQuery, now: datetime) -> Edition:
    """Keeps the edition as it is now; one that was closed before stays as it was."""
    assert query.date  # noqa: S101 (an edition has one)
    edition, _ = Edition.objects.get_or_create(
        feed_id=feed.id, period=query.period, date=query.date
    )
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.closed_at is None:
        _keep(edition, compose(feed, query))
        edition.constants = feed.constants.told()
        edition.closed_at = now
        edition.save()
    return edition


@transaction.atomic
def correct(edition_id: int, chosen: Chosen, text: str, by: int | None) -> None:
    """Changes a closed edition to what is `chosen`, with the words that its readers see."""
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    _keep(edition, chosen)
    edition.save()
    Correction.objects.create(edition=edition, text=text[:300], made_by_id=by)


def _keep(edition: Edition, chosen: Chosen) -> None:
    edition.papers = list(chosen.papers)
    edition.notes = {str(paper): words for paper, words in chosen.notes.items()}


def _unclosed(feed: FeedView, now: datetime) -> Iterator[FeedQuery]:
    """The feed's editions that ended and that nobody closed, but for those that people publish."""
    done = Edition.objects.filter(feed=feed.id, closed_at__isnull=False)
    known = set(done.values_list("period", "date"))
    for query in _ended(now):
        published = feed.reviewed and query.period == "day"
        if not published and (query.period, query.date) not in known:
            yield query


def _ended(now: datetime) -> Iterator[FeedQuery]:
    """The periods that ended in the last weeks, `GRACE` or more ago."""
    last = (now - GRACE).date() - timedelta(days=1)
    found: dict[tuple[str, date], FeedQuery] = {}
    for back in range(DAYS_BACK):
        day = last - timedelta(days=back)
        for period in PERIODS:
            query = FeedQuery().on(period, day)
            if query.date and query.last_day and query.last_day <= last:
                found[period, query.date] = query
    yield from found.values()
