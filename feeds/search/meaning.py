"""What a question means, as a vector, and the papers whose vectors are nearest to it."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet

from config.read_routing import reader
from feeds.embedders.base import Broken, Vector, embedder, embedders
from feeds.grammar import Field, Node, leaves
from feeds.models.paper import PaperQuerySet
from feeds.nearest import LOOKED_AT

# A page asks more than once what its question means, and a reader turns its pages.
REMEMBERED = 64

logger = logging.getLogger(__name__)


def meant(tree: Node) -> Vector | None:
    """The vector of the question's words; None where it has none, or nothing makes vectors here.

    The model is loaded with the first question of a process, and again after a long rest.
    """
    words = " ".join(leaf.text for leaf in leaves(tree) if not isinstance(leaf, Field))
    model = embedder()
    if model is None or not words:
        return None
    try:
        return _embedded(model.name, words)
    except Broken as broken:
        logger.warning("Search goes by words alone: %s", broken)
        return None


@lru_cache(maxsize=REMEMBERED)
def _embedded(model: str, words: str) -> Vector:
    """What it gives is not to be changed. Raises Broken, which is not remembered."""
    return embedders.get(model).embed([words])[0]


def nearest(
    vector: Vector,
    count: int,
    papers: Iterable[PaperQuerySet] | None = None,
    *,
    beside: Collection[int] = (),
) -> tuple[dict[int, float], dict[int, float]]:
    """The papers (ids) whose vectors are nearest to this one, with their cosines: the `count`
    nearest of each of these sets, or of all papers, dropped ones too. And the cosines of those
    papers `beside` them that have a vector.

    All is asked in one message: what the first statements set holds for the others of it.
    """
    texts, values = [_SETTINGS], list[Any]()
    told, model = _told(vector), embedder()
    of_model = model.version if model else ""
    for text, given in [("", ())] if papers is None else _within(papers):
        texts.append(f"{_VECTORS}{text} ORDER BY far LIMIT %s")
        values += [told, of_model, *given, count]
    texts.append(f"{_VECTORS} AND paper_id = ANY(%s)")
    values += [told, of_model, list(beside)]
    found = list[dict[int, float]]()
    with reader().cursor() as cursor:
        cursor.execute("; ".join(texts), values)
        for _ in _SET:
            cursor.nextset()
        for _ in texts[1:]:
            found.append({paper: min(1.0, max(0.0, -far)) for paper, far in cursor.fetchall()})
            cursor.nextset()
    *near, others = found
    return {paper: cosine for some in near for paper, cosine in some.items()}, others


def _within(papers: Iterable[PaperQuerySet]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each of these sets as a condition; none of one that cannot hold a paper."""
    for some in papers:
        with suppress(EmptyResultSet):
            text, given = some.order_by().values("pk").query.sql_with_params()
            yield f" AND paper_id IN ({text})", given


def _told(vector: Vector) -> str:
    return f"[{','.join([f'{number:.6g}' for number in vector])}]"


# Where few of the index's papers are meant, it is read on until there are enough.
_SET = (
    f"SET LOCAL hnsw.ef_search = {LOOKED_AT}",
    "SET LOCAL hnsw.iterative_scan = relaxed_order",
)
_SETTINGS = "; ".join(_SET)
_VECTORS = (
    "SELECT paper_id, vector <#> %s::halfvec AS far FROM feeds_papervector "
    "WHERE model = %s AND vector IS NOT NULL"
)
