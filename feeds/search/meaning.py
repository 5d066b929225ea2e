"""What a question means, as a vector, and the papers whose vectors are nearest to it."""

import logging
from collections.abc import Iterable

from django.db import connection, transaction
from pgvector.django import MaxInnerProduct

from feeds.embedders.base import Broken, Vector, embedder
from feeds.grammar import Field, Node, leaves
from feeds.models.paper import PaperQuerySet
from feeds.nearest import LOOKED_AT

logger = logging.getLogger(__name__)


def meant(tree: Node) -> Vector | None:
    """The vector of the question's words; None where it has none, or nothing makes vectors here.

    The model is loaded with the first question of a process, and stays.
    """
    words = " ".join(leaf.text for leaf in leaves(tree) if not isinstance(leaf, Field))
    model = embedder()
    if model is None or not words:
        return None
    try:
        return model.embed([words])[0]
    except Broken as broken:
        logger.warning("Search goes by words alone: %s", broken)
        return None


def nearest(papers: Iterable[PaperQuerySet], vector: Vector, count: int) -> set[int]:
    """The `count` papers (ids) of each of these sets whose vectors are nearest to this one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL hnsw.ef_search = {LOOKED_AT}")
        # Where few of the index's papers are meant, it is read on until there are enough.
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        return {paper for some in papers for paper in _nearest(some, vector, count)}


def _nearest(papers: PaperQuerySet, vector: Vector, count: int) -> list[int]:
    known = papers.filter(vector__vector__isnull=False)
    near = known.order_by(MaxInnerProduct("vector__vector", vector))
    return list(near.values_list("pk", flat=True)[:count])
