"""The order of relevance: which papers answer a question in words best, and by how much.

The index weighs the words (BM25), the vectors what the question means; `mixing` mixes the two.
What else a question asks holds for every paper here; that the viewer may see it, PostgreSQL says
when it is read.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import tantivy
from django.db.models.functions import Coalesce

from feeds.authors import author_key
from feeds.collected import collected
from feeds.embedders.base import Vector
from feeds.embedding import text_of
from feeds.grammar import Node
from feeds.models import Paper, Source, Tag
from feeds.models.paper import PaperQuerySet
from feeds.query import FOLLOWING, FeedQuery, tree_of
from feeds.rerankers.base import MOST_READ, reranker
from feeds.search import bm25, copies
from feeds.search.documents import DAY_0
from feeds.search.meaning import meant, nearest
from feeds.search.mixing import DEPTH, SHARE_OF_WORDS, Answer, mixed
from feeds.similar import like
from feeds.while_unchanged import WhileUnchanged

MOST = 1_000  # papers that stand in this order
# So far down one reads without asking for the whole of it.
SHALLOW = 100
SPARE = 40  # papers
FEW = 5_000  # papers of a person's list that the index is told of
_NOW = Coalesce("merged_into_id", "id")
_NUMBERS = WhileUnchanged[dict[str, int]]()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The papers that answer, best first; `best_wording` is the greatest BM25 among them. Where it
    is `bare` nothing was asked but the words, by nobody in particular: every paper is meant.
    """

    answers: Mapping[int, Answer]
    best_wording: float
    by_meaning: bool
    bare: bool = False

    @property
    def papers(self) -> tuple[int, ...]:
        return tuple(self.answers)


def ranking(
    query: FeedQuery,
    pieces: Callable[[], Sequence[PaperQuerySet]],
    viewer: int | None,
    *,
    depth: int = 0,
    among: Collection[int] | None = None,
) -> Ranking | None:
    """The papers that answer the question's words best, as many as it takes to read on to `depth`;
    None where it has no words to rank by, or there is no index to ask.

    `pieces` gives the papers that its other terms mean, `among` are those that come into question.
    """
    searcher, tree = copies.searcher(), tree_of(query.words)
    if searcher is None or not bm25.said(tree):
        return None
    bare, vector = _is_bare(query), meant(tree)
    straight = bare and viewer is None and vector is None and reranker() is None
    told = None if bare else narrowing(query, viewer, among)
    hits = bm25.best(searcher, tree, _most(depth, straight=straight), told)
    wording, meaning = dict(hits.scores[:DEPTH]), dict[int, float]()
    if vector is not None:
        meaning = _meaning(searcher, tree, vector, None if bare else pieces(), wording)
    answers = {one.paper: one for one in _looked_at_again(tree, mixed(wording, meaning))}
    best = max(wording.values(), default=0.0)
    share = SHARE_OF_WORDS if meaning else 1.0
    for paper, score in hits.scores[DEPTH:]:
        answers.setdefault(paper, Answer(paper, share * score / (best or 1.0), score, None))
    return Ranking(answers, best, bool(meaning), bare=bare and viewer is None)


def _is_bare(query: FeedQuery) -> bool:
    """Whether nothing is asked but the words."""
    return query == FeedQuery(words=query.words, period="all", sort=query.sort)


def _most(depth: int, *, straight: bool) -> int:
    """How many papers the index is asked for. Where all of them are meant and stand as it says, it
    is as many as are read, and some in the place of those that went since.
    """
    if depth > SHALLOW:
        return MOST
    return depth + SPARE if straight and depth else DEPTH


def _looked_at_again(tree: Node, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers, the first of them in the order of the reranker, if the site has one."""
    one = reranker()
    if one is None:
        return answers
    first = answers[:MOST_READ]
    rows = Paper.objects.filter(pk__in=[answer.paper for answer in first])
    texts = {pk: text_of(*told) for pk, *told in rows.values_list("pk", "title", "abstract")}
    known = [answer for answer in first if answer.paper in texts]
    scores = one.scores(bm25.said(tree), [texts[answer.paper] for answer in known])
    again = sorted(zip(scores, known, strict=True), key=lambda pair: -pair[0])
    return (*(answer for _, answer in again), *answers[len(first) :])


def _meaning(
    searcher: tantivy.Searcher,
    tree: Node,
    vector: Vector,
    pieces: Sequence[PaperQuerySet] | None,
    wording: Mapping[int, float],
) -> dict[int, float]:
    """The cosines of the papers that are nearest to what the words mean, and of those that have
    the words; nothing where no paper has a vector.
    """
    near, others = nearest(vector, DEPTH, pieces, beside=wording.keys())
    kept = bm25.holding(searcher, tree, tuple(near))
    known = {paper: cosine for paper, cosine in near.items() if paper in kept}
    return known | others


def narrowing(
    query: FeedQuery, viewer: int | None, among: Collection[int] | None
) -> bm25.Narrowing:
    """The question's other terms, as far as the index knows of them. Papers that curators chose
    (`among`) need not be listed in the period.
    """
    tags = _numbers_of_tags((*query.tags, *query.without_tags))
    first, last = (query.date, query.last_day) if among is None else (None, None)
    return bm25.Narrowing(
        tags=tuple(tags.get(slug, 0) for slug in query.tags),
        without_tags=tuple(tags[slug] for slug in query.without_tags if slug in tags),
        authors=tuple(author_key(name) for name in query.authors),
        sources=_numbers_of_sources(query.sources if among is None else ()),
        days=(_day(first), _day(last)) if first and last else None,
        code="code" in query.has,
        papers=_papers(query, viewer) if among is None else tuple(among),
    )


def _papers(query: FeedQuery, viewer: int | None) -> tuple[int, ...] | None:
    """The only papers that come into question, where they are few."""
    if query.similar:
        return tuple(one.paper for one in like(query.similar))
    if not query.collection or query.collection == FOLLOWING:
        return None
    ids = tuple(collected(query.collection, viewer)[: FEW + 1])
    return ids if len(ids) <= FEW else None


def _numbers_of_tags(slugs: Collection[str]) -> dict[str, int]:
    """The tags' ids, each as it is called now."""
    tags = Tag.objects.filter
    return _numbers("tag", slugs, lambda: dict(tags(slug__in=slugs).values_list("slug", _NOW)))


def _numbers_of_sources(slugs: Sequence[str]) -> tuple[int, ...]:
    rows = Source.objects.filter
    found = _numbers("source", slugs, lambda: dict(rows(slug__in=slugs).values_list("slug", "pk")))
    return tuple(found.values()) or ((0,) if slugs else ())


def _numbers(of: str, slugs: Collection[str], read: Callable[[], dict[str, int]]) -> dict[str, int]:
    return _NUMBERS.get((of, *slugs), read) if slugs else {}


def _day(day: date) -> int:
    return (day - date.fromisoformat(DAY_0)).days
