"""A list as a map: where each of its papers stands among the others, and what it is about."""

from array import array
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from redis.exceptions import RedisError

from feeds import nearest, reading
from feeds.embedding import text_of
from feeds.query import FeedQuery
from feeds.rarity import known_rarity
from feeds.reading import Page
from feeds.records import PaperView, TagView
from feeds.weighing import hashed, weights

MOST = 200
TOPICS = 6  # that have a colour and a shape of their own
FEWEST = 2  # papers that make a topic worth one
WIDTH, HEIGHT = 560.0, 480.0
KEPT = 600  # seconds
CLOSEST, WIDEST = 19.0, 40.0  # between two papers, for many and for few


@dataclass(frozen=True, slots=True)
class Point:
    """A paper at its place; `topic` counts from 0 among the map's, None for others."""

    paper: PaperView
    x: float
    y: float
    topic: int | None


@dataclass(frozen=True, slots=True)
class PaperMap:
    """`apart` is the least distance of two points. `by_meaning` is false where words alone laid
    them out. `page` is the first page of the list, `more` tells that the list goes on.
    """

    page: Page
    points: tuple[Point, ...]
    topics: tuple[TagView, ...]
    apart: float
    by_meaning: bool
    more: bool


def map_of(query: FeedQuery, viewer: int | None = None) -> PaperMap:
    """The first `MOST` papers of the list. Raises QueryError, NotThere."""
    page = reading.papers_in(query, viewer=viewer, limit=reading.MOST)
    papers, cursor = list(page.papers), page.cursor
    while cursor and len(papers) < MOST:
        rest = reading.papers_in(page.query, viewer=viewer, cursor=cursor, limit=reading.MOST)
        papers, cursor = papers + list(rest.papers), rest.cursor
    vectors, by_meaning = _vectors(papers)
    apart = min(WIDEST, max(CLOSEST, (0.3 * WIDTH * HEIGHT / max(1, len(papers))) ** 0.5))
    topics = _topics(papers, query)
    return PaperMap(
        page=page,
        points=_placed(papers, vectors, apart, topics),
        topics=topics,
        apart=apart,
        by_meaning=by_meaning,
        more=bool(cursor),
    )


def _placed(
    papers: Sequence[PaperView],
    vectors: Sequence[Sequence[float]],
    apart: float,
    topics: Sequence[TagView],
) -> tuple[Point, ...]:
    spots = _spots(vectors, apart)
    slugs = {tag.slug: number for number, tag in enumerate(topics)}
    return tuple(
        Point(
            paper,
            x,
            y,
            next((slugs[tag.slug] for tag in paper.topics if tag.slug in slugs), None),
        )
        for paper, (x, y) in zip(papers, spots, strict=True)
    )


def _spots(vectors: Sequence[Sequence[float]], apart: float) -> Sequence[tuple[float, float]]:
    """Where the vectors stand; kept for some minutes, as many ask for the same map."""
    told = b"".join(array("f", vector).tobytes() for vector in vectors)
    key = f"map:1:{len(vectors)}:{apart:.2f}:{sha256(told).hexdigest()}"
    with suppress(RedisError):
        kept: list[tuple[float, float]] | None = cache.get(key)
        if kept is not None:
            return kept
    from feeds.layout import laid_out  # noqa: PLC0415 (numpy, which most processes never need)

    spots = [(spot.x, spot.y) for spot in laid_out(vectors, WIDTH, HEIGHT, apart)]
    with suppress(RedisError):
        cache.set(key, spots, KEPT)
    return spots


def _vectors(papers: Sequence[PaperView]) -> tuple[list[Sequence[float]], bool]:
    """Of each paper what it means; where one has no vector, of all of them their words."""
    known = nearest.vectors_of(paper.id for paper in papers)
    if papers and all(paper.id in known for paper in papers):
        return [known[paper.id] for paper in papers], True
    rare = known_rarity()
    texts = (text_of(paper.title_tex, paper.abstract) for paper in papers)
    return [hashed(weights(text, rare)) for text in texts], False


def _topics(papers: Sequence[PaperView], query: FeedQuery) -> tuple[TagView, ...]:
    """The commonest that do not stand on all of them."""
    named = {tag.slug: tag for paper in papers for tag in paper.topics}
    counted = Counter(tag.slug for paper in papers for tag in paper.topics)
    telling = [
        (count, slug)
        for slug, count in counted.items()
        if FEWEST <= count < max(FEWEST + 1, len(papers)) and slug not in query.tags
    ]
    telling.sort(key=lambda one: (-one[0], one[1]))
    return tuple(named[slug] for _, slug in telling[:TOPICS])
