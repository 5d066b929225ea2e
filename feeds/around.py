"""What stands around a tag: broader and narrower tags, its companions, and how often it comes.

All of it is counted over the papers of the last weeks, and kept for some minutes.
"""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from math import sqrt

from django.core.cache import cache
from django.db.models import Count, QuerySet
from redis.exceptions import RedisError

from feeds.models import Listing, PaperStats, PaperTag, Tag
from feeds.records import TagView
from feeds.taxonomy import topics

WEEK, BEFORE = dt.timedelta(days=7), dt.timedelta(days=28)
KEPT = 300  # seconds
COUNTED = 1_000  # papers of a week, at most
AMONG = 500  # papers with the tag whose other tags are looked at
USUAL = 2_000  # papers of late by which a tag that is everywhere is told
COMPANIONS = 8
_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Pace:
    """How many papers digests named in the seven days to `until`, and in the 28 before.

    Both are counted up to `COUNTED`. `before` is None where nothing is known of those days.
    """

    until: dt.date
    week: int
    before: int | None

    @property
    def rises(self) -> bool:
        return self.before is not None and self.week >= 3 and self.week * 4 >= self.before * 1.5

    @property
    def falls(self) -> bool:
        return self.before is not None and self.before >= 6 and self.week * 4 * 1.5 <= self.before


@dataclass(frozen=True, slots=True)
class Around:
    """`companions` often stand beside the tag, those first that are there more than is usual."""

    parent: TagView | None
    children: tuple[TagView, ...]
    companions: tuple[TagView, ...]
    pace: Pace | None


def around(slug: str, today: dt.date) -> Around:
    """What stands around the tag of that slug; the days that count end on or before `today`."""
    key = f"around:1:{slug}:{today}"
    with suppress(RedisError):
        kept: Around | None = cache.get(key)
        if kept is not None:
            return kept
    found = _around(slug, today)
    with suppress(RedisError):
        cache.set(key, found, KEPT)
    return found


def _around(slug: str, today: dt.date) -> Around:
    tag = Tag.objects.filter(slug=slug).first()
    last = Listing.objects.filter(date__lte=today).order_by("-date").values_list("date", flat=True)
    until = last.first()
    if tag is None:
        return Around(None, (), (), None)
    parent, children = _family(tag)
    pace = _pace(tag, until) if until else None
    companions = _companions(tag, until, parent | children) if until else ()
    return Around(next(iter(parent.values()), None), tuple(children.values()), companions, pace)


def _family(tag: Tag) -> tuple[dict[str, TagView], dict[str, TagView]]:
    """The tags above it in the taxonomy and those below, as far as papers carry them."""
    names = {tag.slug, *Tag.objects.filter(merged_into=tag).values_list("slug", flat=True)}
    above = [topic.parent for topic in topics() if topic.id in names and topic.parent]
    below = [topic.id for topic in topics() if topic.parent in names]
    rows = Tag.objects.filter(slug__in=[*above, *below]).select_related("merged_into")
    now = {row.slug: row.merged_into or row for row in rows}
    shown = {slug: _view(row) for slug, row in now.items() if row != tag and not row.hidden}
    return (
        {shown[slug].slug: shown[slug] for slug in above if slug in shown},
        {shown[slug].slug: shown[slug] for slug in below if slug in shown},
    )


def _pace(tag: Tag, until: dt.date) -> Pace:
    first = until - WEEK
    known = Listing.objects.filter(date__lte=until - BEFORE).exists()
    return Pace(
        until,
        _listed(tag, first, until)[:COUNTED].count(),
        _listed(tag, first - BEFORE, first)[:COUNTED].count() if known else None,
    )


def _companions(tag: Tag, until: dt.date, but: Iterable[str]) -> tuple[TagView, ...]:
    papers = list(_listed(tag, until - BEFORE, until)[:AMONG])
    beside = dict(
        PaperTag.objects.filter(paper__in=papers, tag__in=Tag.objects.shown())
        .exclude(tag=tag)
        .exclude(tag__slug__in=but)
        .exclude(tag__kind=Tag.Kind.CATEGORY)
        .values("tag")
        .annotate(papers=Count("id"))
        .filter(papers__gte=2)
        .order_by("-papers", "tag")
        .values_list("tag", "papers")[:_CANDIDATES]
    )
    late = list(PaperStats.objects.order_by("-new").values_list("paper", flat=True)[:USUAL])
    usual = dict(
        PaperTag.objects.filter(paper__in=late, tag__in=beside)
        .values("tag")
        .annotate(papers=Count("id"))
        .values_list("tag", "papers")
    )
    best = sorted(beside, key=lambda one: (-beside[one] / sqrt(1 + usual.get(one, 0)), one))
    rows = Tag.objects.in_bulk(best[:COMPANIONS])
    return tuple(_view(rows[one]) for one in best[:COMPANIONS])


def _listed(tag: Tag, after: dt.date, until: dt.date) -> "QuerySet[Listing, int]":
    """The papers with the tag that digests named after one day and until another."""
    found = Listing.objects.filter(date__gt=after, date__lte=until, paper__paper_tags__tag=tag)
    found = found.filter(paper__dropped_at__isnull=True)
    return found.values_list("paper", flat=True).order_by().distinct()


def _view(row: Tag) -> TagView:
    return TagView(row.slug, row.name, row.kind, description=row.description)
