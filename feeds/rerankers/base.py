"""The contract of a reranker, and the one that this site uses.

A new one is a new file here; RERANKER names the one that is used.
"""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings

from feeds.registry import Registry

OFF = "off"
MOST_READ = 50  # papers that it is given, the best by words and meaning


class Reranker(Protocol):
    name: str

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text (title and abstract) answers, in their order; more is better. It is
        asked while somebody waits, from several threads.
        """


rerankers: Registry[Reranker] = Registry("feeds.rerankers")


def reranker() -> Reranker | None:
    """The one that RERANKER names; None where it is off. Raises KeyError for an unknown one."""
    return None if settings.RERANKER == OFF else rerankers.get(settings.RERANKER)
