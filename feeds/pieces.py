"""The papers that a question means, and which of some papers are among them."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import EmptyResultSet

from feeds.fixed import Fixed, ask
from feeds.models.paper import PaperQuerySet

Scored = tuple[int, float]


class Pieces(list[PaperQuerySet]):
    """One set of papers, or several that may share papers.

    Each is put into SQL once: where the pieces are kept, asking them costs no more than the
    database takes.
    """

    def __init__(self, pieces: Iterable[PaperQuerySet] = ()) -> None:
        super().__init__(pieces)
        self._asked: dict[str, list[Fixed[Scored]]] = {}

    def scores(self, papers: Sequence[int], order: str) -> dict[int, float]:
        """Those of the papers (ids) that are among them, with their stored scores."""
        if order not in self._asked:
            self._asked[order] = [one for piece in self if (one := _fixed(piece, order))]
        asked = self._asked[order]
        return {
            paper: score for rows in ask(asked, papers if asked else ()) for paper, score in rows
        }


def _fixed(piece: PaperQuerySet, order: str) -> Fixed[Scored] | None:
    """None of a piece that cannot hold a paper."""
    scored = Fixed(lambda: piece.values_list("pk", f"stats__{order}"), "pk", _scored)
    try:
        return scored if scored.written else None
    except EmptyResultSet:
        return None


def _scored(paper: int, score: float) -> Scored:
    return paper, score
