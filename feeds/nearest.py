"""The papers whose vectors are nearest to one."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from pgvector.django import MaxInnerProduct

from config.read_routing import reader
from feeds.embedders.base import embedder
from feeds.models import PaperVector
from feeds.models.vector import NOTHING

Vector = Sequence[float]
# How many of the index's entries are looked at: well above what is asked for, so that few of the
# nearest are missed.
LOOKED_AT = 400


def vector_of(paper: int) -> Vector | None:
    """The paper's vector by the model that this site uses; None where there is none yet."""
    model = embedder()
    if model is None:
        return None
    rows = PaperVector.objects.filter(paper=paper, model=model.version, vector__isnull=False)
    found: Vector | None = rows.exclude(text=NOTHING).values_list("vector", flat=True).first()
    return found


def to(vector: Vector, count: int) -> set[int]:
    """The papers of the `count` nearest vectors, dropped ones too: by the index where there is
    one, and else exactly.
    """
    here = reader()
    with transaction.atomic(here.alias), here.cursor() as cursor:
        cursor.execute(f"SET LOCAL hnsw.ef_search = {LOOKED_AT}")
        rows = PaperVector.objects.filter(vector__isnull=False)
        near = rows.order_by(MaxInnerProduct("vector", vector)).values_list("paper_id", flat=True)
        return set(near[: count + 1])


def cosines(vector: Vector, papers: Iterable[int]) -> dict[int, float]:
    """How near each of the papers is that has a vector of the same model, in 0…1."""
    model = embedder()
    rows = PaperVector.objects.filter(paper__in=list(papers), vector__isnull=False)
    rows = rows.filter(model=model.version) if model else rows.none()
    found = rows.annotate(far=MaxInnerProduct("vector", vector)).values_list("paper_id", "far")
    return {paper: min(1.0, max(0.0, -far)) for paper, far in found}


def vectors_of(papers: Iterable[int]) -> dict[int, Vector]:
    """The vectors of those papers that have one by the model that this site uses."""
    model = embedder()
    if model is None:
        return {}
    rows = PaperVector.objects.filter(paper__in=list(papers), model=model.version)
    told = rows.filter(vector__isnull=False).values_list("paper_id", "vector")
    return {paper: vector for paper, vector in told if vector is not None}
