"""What came out and what was said since a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.models import Comment, Edition
from feeds.said_by import Work, works_of
from feeds.shown_names import chosen_names
from feeds.standing import standing

MOST = 2000
NOBODY = gettext_noop("a former reader")


@dataclass(frozen=True, slots=True)
class Out:
    """An edition that readers may read, and since when.

    Of a feed whose curators publish that is when they did so, of another one its end.
    """

    id: int
    feed: str
    period: str
    date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A comment that everybody may read, of `paper` as it is read now."""

    id: int
    paper: int
    author: str
    text: str
    at: datetime
    work: Work


def editions(since: datetime) -> list[Out]:
    """The editions that came out at `since` or later, the earliest first."""
    published = Q(published_at__gte=since)
    ended = Q(published_at=None, closed_at__gte=since, feed__reviewed=False)
    # The weeks and months of reviewed feeds close by themselves, and hold what was published.
    later = Q(published_at=None, closed_at__gte=since, period__in=("week", "month"))
    rows = Edition.objects.filter(published | ended | later).select_related("feed")
    found = [
        Out(row.pk, row.feed.slug, row.period, row.date, at)
        for row in rows.order_by("id")[:MOST]
        if (at := row.published_at or row.closed_at)
    ]
    return sorted(found, key=lambda out: (out.at, out.id))


def edition(number: int) -> Out | None:
    """That edition as long as it is out."""
    row = Edition.objects.filter(pk=number).select_related("feed").first()
    at = row and (row.published_at or row.closed_at)
    return Out(row.pk, row.feed.slug, row.period, row.date, at) if row and at else None


def last_comment() -> int:
    """The highest number of a comment, 0 where there is none."""
    return Comment.objects.aggregate(last=Max("pk"))["last"] or 0


def comments(after: int) -> list[tuple[int, int, datetime]]:
    """The comments with higher numbers that everybody may read: their ids, the papers that theirs
    are read as now, and when."""
    rows = _shown().filter(pk__gt=after).order_by("id")
    found = list(rows.values_list("id", "paper_id", "created_at")[:MOST])
    stands = standing({paper for _, paper, _ in found})
    return [(number, stands[paper], at) for number, paper, at in found]


def said(numbers: Iterable[int]) -> dict[int, Said]:
    """Those comments by their ids, as far as everybody may read them now."""
    rows = list(_shown().filter(pk__in=set(numbers)))
    works = works_of(row.paper_id for row in rows)
    stands = standing(works)
    names = chosen_names(row.user_id for row in rows if row.user_id)
    return {
        row.pk: Said(
            id=row.pk,
            paper=stands[row.paper_id],
            author=names.get(row.user_id or 0, _(NOBODY)),
            text=row.text,
            at=row.created_at,
            work=works[row.paper_id],
        )
        for row in rows
        if row.paper_id in works
    }


def _shown() -> QuerySet[Comment]:
    return Comment.objects.filter(state=Comment.State.SHOWN, deleted_at__isnull=True)
