"""The contract of an embedder, and the one that this site uses.

A new model is a new file here. One whose vectors have another length than `DIMENSIONS` needs a
migration of `PaperVector` too.
"""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings

from feeds.registry import Registry

DIMENSIONS = 384
OFF = "off"

Vector = list[float]


class Broken(Exception):
    """The model cannot be used here; the text says what is wrong and what to do."""


class Embedder(Protocol):
    """`version` names the vectors that it makes: those of two versions are not compared."""

    name: str
    version: str

    @property
    def loaded(self) -> bool:
        """Whether the model takes memory in this process."""

    def embed(self, texts: Sequence[str], threads: int = 1) -> list[Vector]:
        """A vector of length 1 for each text, in their order; an empty text has one too.

        The model is loaded with the first call of a process, with so many threads, and stays
        until `release`, or until nobody asked for `EMBEDDER_IDLE` seconds (see `Idle`). May be
        called from several threads. Raises Broken.
        """

    def release(self) -> None:
        """Gives the model's memory back; the next call loads it again."""


embedders: Registry[Embedder] = Registry("feeds.embedders")


def embedder() -> Embedder | None:
    """The one that EMBEDDER names; None where it is off."""
    return None if settings.EMBEDDER == OFF else embedders.get(settings.EMBEDDER)
