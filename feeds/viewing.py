"""Rows of papers as the small frozen records that every output renders."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, QuerySet, Value

from feeds.models import (
    CollectionEntry,
    GistWord,
    Listing,
    Mark,
    Paper,
    PaperTag,
    PaperVersion,
    Tag,
    Vote,
)
from feeds.models.paper import PaperQuerySet
from feeds.rankers.base import DEFAULTS, Constants
from feeds.records import ListingView, PaperView, TagView, Version
from feeds.scoring import score


def with_all(papers: PaperQuerySet) -> PaperQuerySet:
    """With all that `views` reads, in a fixed number of queries."""
    tags = (
        PaperTag.objects.filter(tag__hidden=False)
        .select_related("tag")
        .order_by("-confidence", "tag__name")
    )
    listings = Listing.objects.select_related("source").order_by("-date", "position")
    versions = PaperVersion.objects.order_by("number")
    return (
        papers.select_related("stats")
        .defer("told")
        .prefetch_related(
            Prefetch("paper_tags", tags),
            Prefetch("listings", listings),
            Prefetch("versions", versions),
        )
    )


def views(
    rows: Sequence[Paper],
    sort: str,
    viewer: int | None,
    rank: int = 0,
    notes: Mapping[int, str] | None = None,
    *,
    constants: Constants = DEFAULTS,
) -> tuple[PaperView, ...]:
    """The rows in their order, ranked from `rank` + 1 on, as the viewer sees them.

    `notes` are words on why a paper stands in the list, by its id; `constants` those of the
    score by which it stands there.
    """
    mine = _viewers(rows, viewer)
    return tuple(
        replace(
            _view(row, sort, constants),
            rank=rank + place,
            voted=row.id in mine.voted,
            vote_held=row.id in mine.held,
            saved=row.id in mine.saved,
            read=row.id in mine.read,
            hidden=row.id in mine.hidden,
            note=(notes or {}).get(row.id, ""),
        )
        for place, row in enumerate(rows, start=1)
    )


@dataclass(frozen=True, slots=True)
class _Viewers:
    """The papers of which the viewer said so."""

    voted: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    saved: frozenset[int] = frozenset()
    read: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()


def _viewers(rows: Sequence[Paper], viewer: int | None) -> _Viewers:
    """All that the viewer said of these papers, in one query."""
    if viewer is None or not rows:
        return _Viewers()
    marks = Mark.objects.filter(user=viewer, paper__in=rows)
    saved = CollectionEntry.objects.filter(
        collection__owner=viewer, collection__main=True, paper__in=rows
    )
    votes = Vote.objects.standing().filter(user=viewer, paper__in=rows)
    kinds: dict[str, QuerySet[Any]] = {
        "voted": votes,
        "held": votes.filter(held_until__isnull=False),
        "saved": saved,
        "read": marks.filter(read_at__isnull=False),
        "hidden": marks.filter(hidden_at__isnull=False),
    }
    told = [found.values_list("paper_id", Value(kind)) for kind, found in kinds.items()]
    by_kind = defaultdict(set)
    for paper, kind in told[0].union(*told[1:], all=True):
        by_kind[kind].add(paper)
    return _Viewers(*(frozenset(by_kind[kind]) for kind in kinds))


def _view(row: Paper, sort: str, constants: Constants) -> PaperView:
    return PaperView(
        id=row.id,
        key=row.key,
        arxiv_id=row.arxiv_id,
        doi=row.doi,
        title=row.title_text,
        title_tex=row.title,
        title_html=row.title_html,
        abstract=row.abstract,
        abstract_html=row.abstract_html,
        excerpt=row.excerpt,
        summary=row.summary,
        authors=tuple(row.authors),
        published_at=row.published_at,
        listed_at=row.stats.listed_at,
        tags=tuple(_tag_view(tag) for tag in row.paper_tags.all()),
        listings=tuple(_listing_view(listing) for listing in row.listings.all()),
        votes=row.stats.votes + row.stats.reported_votes,
        comments=row.stats.own_comments,
        reported_comments=row.stats.comments,
        code_url=row.code_url,
        code_stars=row.code_stars,
        project_url=row.project_url,
        thumbnail_url=row.thumbnail_url,
        organization=row.organization,
        changed_at=row.changed_at,
        score=score(row.stats, sort, constants),
        versions=tuple(_version(version) for version in row.versions.all()),
        primary=_primary(row),
        written_gist=row.gist,
        gist_by=_gist_by(row),
    )


def _gist_by(row: Paper) -> str:
    """Whose gist is shown: the curators', a digest's, a model's, or the abstract's own words."""
    if row.gist_by == GistWord.By.CURATORS:
        return row.gist_by
    if row.summary:
        return "digest"
    return row.gist_by or ("abstract" if row.excerpt else "")


def _primary(row: Paper) -> str:
    """The category that came first: archives name the primary one before the others."""
    filed = [tag for tag in row.paper_tags.all() if tag.tag.kind == Tag.Kind.CATEGORY]
    return min(filed, key=lambda tag: tag.pk).tag.slug if filed else ""


def _tag_view(row: PaperTag) -> TagView:
    return TagView(row.tag.slug, row.tag.name, row.tag.kind, row.tagger, row.why, row.confidence)


def _listing_view(row: Listing) -> ListingView:
    return ListingView(row.source.name, row.source.slug, row.date, row.position + 1, row.votes)


def _version(row: PaperVersion) -> Version:
    return Version(row.number, row.submitted_at, row.withdrawn, row.note)
