"""Papers as the small frozen records that every output renders."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from feeds import rows
from feeds.models import CollectionEntry, GistWord, Mark, Tag, Vote
from feeds.rankers.base import DEFAULTS, Constants
from feeds.records import ListingView, PaperView, Score, TagView, Version
from feeds.rows import PaperRow, TagRow
from feeds.scoring import score, scores


def views(
    papers: Sequence[int],
    sort: str,
    viewer: int | None,
    rank: int = 0,
    notes: Mapping[int, str] | None = None,
    *,
    constants: Constants = DEFAULTS,
    every_order: bool = False,
) -> tuple[PaperView, ...]:
    """Those of the papers (ids) that readers may see, in their order, ranked from `rank` + 1 on, as
    the viewer sees them.

    `notes` are words on why a paper stands in the list, by its id; `constants` those of the
    score by which it stands there. With `every_order` they tell their scores in all orders.
    """
    found = rows.papers(papers)
    shown = [found[paper] for paper in papers if paper in found]
    around = _Around(
        tags=rows.tags(found),
        listings=rows.listings(found),
        versions=rows.versions(found),
        notes=notes or {},
        mine=_viewers(list(found), viewer),
        score=lambda row: score(row, sort, constants),
        scores=scores if every_order else lambda _: (),
    )
    return tuple([_view(row, around, place) for place, row in enumerate(shown, start=rank + 1)])


@dataclass(frozen=True, slots=True)
class _Viewers:
    """The papers of which the viewer said so."""

    voted: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    saved: frozenset[int] = frozenset()
    read: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    less: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Around:
    """What is told of the papers of a list beside their own rows, by their ids."""

    tags: Mapping[int, list[TagRow]]
    listings: Mapping[int, list[ListingView]]
    versions: Mapping[int, list[Version]]
    notes: Mapping[int, str]
    mine: _Viewers
    score: Callable[[PaperRow], Score]
    scores: Callable[[PaperRow], tuple[tuple[str, Score], ...]]


def _viewers(papers: Sequence[int], viewer: int | None) -> _Viewers:
    """All that the viewer said of these papers, in one query."""
    if viewer is None or not papers:
        return _Viewers()
    marks = Mark.objects.filter(user=viewer, paper__in=papers)
    saved = CollectionEntry.objects.filter(
        collection__owner=viewer, collection__main=True, paper__in=papers
    )
    votes = Vote.objects.standing().filter(user=viewer, paper__in=papers)
    kinds: dict[str, QuerySet[Any]] = {
        "voted": votes,
        "held": votes.filter(held_until__isnull=False),
        "saved": saved,
        "read": marks.filter(read_at__isnull=False),
        "hidden": marks.filter(hidden_at__isnull=False),
        "less": marks.filter(less_at__isnull=False),
    }
    told = [found.values_list("paper_id", Value(kind)) for kind, found in kinds.items()]
    by_kind = defaultdict(set)
    for paper, kind in told[0].union(*told[1:], all=True):
        by_kind[kind].add(paper)
    return _Viewers(*(frozenset(by_kind[kind]) for kind in kinds))


def _view(row: PaperRow, around: _Around, rank: int) -> PaperView:
    tags, mine = around.tags.get(row.id, []), around.mine
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
        listed_at=row.listed_at,
        tags=tuple([TagView(*tag[2:]) for tag in tags]),
        listings=tuple(around.listings.get(row.id, ())),
        votes=row.votes + row.reported_votes,
        comments=row.own_comments,
        reported_comments=row.comments,
        code_url=row.code_url,
        code_stars=row.code_stars,
        project_url=row.project_url,
        thumbnail_url=row.thumbnail_url,
        organization=row.organization,
        changed_at=row.changed_at,
        score=around.score(row),
        versions=tuple(around.versions.get(row.id, ())),
        rank=rank,
        voted=row.id in mine.voted,
        vote_held=row.id in mine.held,
        note=around.notes.get(row.id, ""),
        saved=row.id in mine.saved,
        read=row.id in mine.read,
        hidden=row.id in mine.hidden,
        less=row.id in mine.less,
        written_gist=row.gist,
        gist_by=_gist_by(row),
        primary=_primary(tags),
        scores=around.scores(row),
    )


def _gist_by(row: PaperRow) -> str:
    """Whose gist is shown: the curators', a digest's, a model's, or the abstract's own words."""
    if row.gist_by == GistWord.By.CURATORS:
        return row.gist_by
    if row.summary:
        return "digest"
    return row.gist_by or ("abstract" if row.excerpt else "")


def _primary(tags: Sequence[TagRow]) -> str:
    """The category that came first: archives name the primary one before the others."""
    filed = [tag for tag in tags if tag.kind == Tag.Kind.CATEGORY]
    return min(filed, key=lambda tag: tag.id).slug if filed else ""
