"""Papers as anybody sees them: what is told of each, whoever asks and wherever it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feeds.models import GistWord, Tag
from feeds.rankers.base import Constants
from feeds.records import PaperView, Score, TagView
from feeds.rows import PaperRow, Rows, TagRow, rows_of
from feeds.said_once import in_one_language
from feeds.scoring import score, scores


@dataclass(frozen=True, slots=True)
class Way:
    """In which language, and by which score, papers are told; with `every_order` by all scores."""

    language: str | None
    sort: str
    constants: Constants
    every_order: bool = False


def as_anybody(papers: Sequence[int], way: Way) -> dict[int, PaperView]:
    """Those of the papers (ids) that readers may see, by id."""
    found = rows_of(papers)
    told = _Told(
        score=lambda row: score(row, way.sort, way.constants),
        scores=scores if way.every_order else lambda _: (),
    )
    with in_one_language():
        return {row.id: _view(row, found, told) for row in found.papers.values()}


@dataclass(frozen=True, slots=True)
class _Told:
    """How a paper's scores are told."""

    score: Callable[[PaperRow], Score]
    scores: Callable[[PaperRow], tuple[tuple[str, Score], ...]]


def _view(row: PaperRow, found: Rows, told: _Told) -> PaperView:
    tags = found.tags.get(row.id, [])
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
        listings=tuple(found.listings.get(row.id, ())),
        votes=row.votes + row.reported_votes,
        comments=row.own_comments,
        reported_comments=row.comments,
        code_url=row.code_url,
        code_stars=row.code_stars,
        project_url=row.project_url,
        thumbnail_url=row.thumbnail_url,
        organization=row.organization,
        changed_at=row.changed_at,
        score=told.score(row),
        versions=tuple(found.versions.get(row.id, ())),
        written_gist=row.gist,
        gist_by=_gist_by(row),
        primary=_primary(tags),
        scores=told.scores(row),
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
