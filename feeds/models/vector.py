from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from pgvector.django import HalfVectorField

from feeds.models.paper import Paper

DIMENSIONS = 384
NOTHING = UUID(int=0)
WAITING = ~Q(text=F("wanted"))


class PaperVectorQuerySet(models.QuerySet["PaperVector"]):
    def waiting(self) -> Self:
        """Those whose paper has other words than their vector was made of."""
        return self.filter(WAITING)


class PaperVector(models.Model):
    """What a paper means, as a vector of length 1, in a row of its own: it comes after the paper.

    `wanted` is the digest of the paper's words now, `text` that of the words that `vector` was
    made of, by `model`. Where they differ the paper waits for its vector; until then the old one
    stands.
    """

    paper = models.OneToOneField(
        Paper, on_delete=models.CASCADE, primary_key=True, related_name="vector"
    )
    vector = HalfVectorField(dimensions=DIMENSIONS, null=True)
    wanted = models.UUIDField()
    text = models.UUIDField(default=NOTHING, db_default=NOTHING)
    model = models.CharField(max_length=40, blank=True, default="", db_default="")

    objects = PaperVectorQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["paper"], condition=WAITING, name="vector_waiting")]

    def __str__(self) -> str:
        return f"vector of {self.paper_id}"
