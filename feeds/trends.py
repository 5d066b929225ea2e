"""How topics come and go: of the papers that digests named in a week, how many carry each tag.

Counted over the last weeks of a list, and kept for some minutes where everyone gets the same.
"""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from redis.exceptions import RedisError

from feeds import reading
from feeds.followed import parts
from feeds.models import Listing, Tag
from feeds.named import feed_of
from feeds.query import FeedQuery
from feeds.records import TagView

WEEKS = 12
TAGS = 12
MOST = 20_000  # papers of a list that are counted
KEPT = 600  # seconds
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """The week that begins on `first`: its papers, and those of them with the tag."""

    first: dt.date
    papers: int
    tagged: int

    @property
    def share(self) -> float:
        return self.tagged / self.papers if self.papers else 0.0


@dataclass(frozen=True, slots=True)
class Trend:
    tag: TagView
    weeks: tuple[Week, ...]

    @property
    def highest(self) -> float:
        return max((week.share for week in self.weeks), default=0.0)


def trends(
    query: FeedQuery, viewer: int | None = None, tags: tuple[TagView, ...] | None = None
) -> tuple[Trend, ...]:
    """The trends of these tags, of the list's commonest where none are given, over the `WEEKS`
    weeks up to the site's last digest. The list's period does not matter. Raises NotThere.
    """
    query = replace(query, period="all", date=None)
    if tags is None:
        facets = reading.facets(query, TAGS, viewer=viewer)
        tags = tuple(facet.tag for facet in facets if facet.tag.slug not in query.tags)
    key = f"trends:1:{query}:{','.join(tag.slug for tag in tags)}"
    with suppress(RedisError):
        kept: tuple[Trend, ...] | None = cache.get(key) if viewer is None else None
        if kept is not None:
            return kept
    found = _trends(query, viewer, tags)
    with suppress(RedisError):
        if viewer is None:
            cache.set(key, found, KEPT)
    return found


def _trends(query: FeedQuery, viewer: int | None, tags: tuple[TagView, ...]) -> tuple[Trend, ...]:
    last = Listing.objects.order_by("-date").values_list("date", flat=True).first()
    if last is None or not tags:
        return ()
    monday = last - dt.timedelta(days=last.weekday())
    firsts = [monday - WEEK * back for back in reversed(range(WEEKS))]
    late = _listed(query, viewer, firsts[0]).annotate(week=TruncWeek("date")).order_by()
    papers = _papers(query, viewer, firsts[0], late)
    named = "paper__paper_tags__tag__slug"
    # Tags by their ids: how common a tag is decides how its papers are best found.
    ids = list(Tag.objects.filter(slug__in=[tag.slug for tag in tags]).values_list("pk", flat=True))
    counted = late.filter(paper__paper_tags__tag__in=ids).values("week", named)
    rows = counted.annotate(count=Count("paper", distinct=True))
    tagged = {(slug, week): count for slug, week, count in rows.values_list(named, "week", "count")}
    return tuple(
        Trend(
            tag,
            tuple(Week(one, papers.get(one, 0), tagged.get((tag.slug, one), 0)) for one in firsts),
        )
        for tag in tags
    )


def _papers(
    query: FeedQuery, viewer: int | None, first: dt.date, late: "QuerySet[Any]"
) -> dict[dt.date, int]:
    """How many papers each week had: the same for all tags, so it is kept for all of them."""
    key = f"trends:weeks:1:{query}:{first}"
    with suppress(RedisError):
        kept: dict[dt.date, int] | None = cache.get(key) if viewer is None else None
        if kept is not None:
            return kept
    counted = late.values("week").annotate(count=Count("paper", distinct=True))
    found = dict(counted.values_list("week", "count"))
    with suppress(RedisError):
        if viewer is None:
            cache.set(key, found, KEPT)
    return found


def _listed(query: FeedQuery, viewer: int | None, first: dt.date) -> "QuerySet[Listing]":
    """The places of the list's papers in digests since that day. What a narrower list holds is
    looked up once, not for each way of counting it.
    """
    late = Listing.objects.filter(date__gte=first)
    if query == FeedQuery(period="all") and viewer is None:
        return late.filter(paper__dropped_at__isnull=True)
    since = late.filter(source__slug__in=query.sources) if query.sources else late
    within: set[int] = set()
    for found in parts(replace(query, sources=()), feed_of(query, viewer), viewer):
        papers = found.filter(pk__in=since.values("paper")).order_by("-pk")
        within |= set(papers.values_list("pk", flat=True)[:MOST])
    return since.filter(paper__in=within)
