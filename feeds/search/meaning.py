"""What a question means, as a vector, and the papers whose vectors are nearest to it."""

import logging
from collections.abc import Iterable
from functools import lru_cache

from django.db import transaction
from pgvector.django import MaxInnerProduct

from config.read_routing import reader
from feeds.embedders.base import Broken, Vector, embedder, embedders
from feeds.grammar import Field, Node, leaves
from feeds.models import PaperVector
from feeds.models.paper import PaperQuerySet
from feeds.models.vector import PaperVectorQuerySet
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
    vector: Vector, count: int, papers: Iterable[PaperQuerySet] | None = None
) -> dict[int, float]:
    """The papers (ids) whose vectors are nearest to this one, with their cosines: the `count`
    nearest of each of these sets, or of all papers, dropped ones too.
    """
    here = reader()
    with transaction.atomic(here.alias), here.cursor() as cursor:
        cursor.execute(f"SET LOCAL hnsw.ef_search = {LOOKED_AT}")
        # Where few of the index's papers are meant, it is read on until there are enough.
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        if papers is None:
            return _nearest(_vectors(), vector, count)
        known = (_vectors().filter(paper__in=some.order_by().values("pk")) for some in papers)
        return {
            paper: cosine
            for some in known
            for paper, cosine in _nearest(some, vector, count).items()
        }


def _vectors() -> PaperVectorQuerySet:
    model = embedder()
    return PaperVector.objects.filter(model=model.version if model else "", vector__isnull=False)


def _nearest(rows: PaperVectorQuerySet, vector: Vector, count: int) -> dict[int, float]:
    near = rows.annotate(far=MaxInnerProduct("vector", vector)).order_by("far")
    told = near.values_list("paper_id", "far")[:count]
    return {paper: min(1.0, max(0.0, -far)) for paper, far in told}
