"""A page set once for all who see it alike, with gaps where each reader's own things go.

While it is set, its template puts marks where a gap shall be: words that nobody outside of the
process ever sees, so that no text of a paper can pass for one.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from feeds.own import KINDS, NO_MARKS, Marks
from feeds.records import PaperView
from feeds.viewing import marked

TOKEN, EMAIL = "token", "email"
_MARK = f"gap-{secrets.token_hex(16)}-"
_GAP = re.compile(rf"{_MARK}(\w+)-")


def gap(name: str) -> str:
    """What stands in the page until `name` is filled in."""
    return f"{_MARK}{name}-"


@dataclass(slots=True)
class Card:
    """A paper's place in the list, by what a reader may have said of it; `setter` sets it."""

    paper: PaperView
    setter: Callable[[PaperView], str]
    by_marks: dict[tuple[bool, ...], bytes] = field(default_factory=dict)

    def set_for(self, marks: Marks) -> bytes:
        said = tuple([self.paper.id in getattr(marks, kind) for kind in KINDS])
        if said not in self.by_marks:
            self.by_marks[said] = self.setter(marked(self.paper, marks)).encode()
        return self.by_marks[said]


@dataclass(slots=True)
class Sheet:
    """What a template sets the cards on: it gets a gap for each."""

    cards: dict[str, Card] = field(default_factory=dict)

    def place(self, card: Card) -> str:
        name = str(len(self.cards))
        self.cards[name] = card
        return gap(name)


Piece = bytes | str  # a text, or the name of a gap


class SetPage:
    """A page as it was set."""

    def __init__(self, page: str, cards: Mapping[str, Card]) -> None:
        self._cards = cards
        self._pieces = list(_cut(page))
        unmarked = {name: card.set_for(NO_MARKS) for name, card in cards.items()}
        self._unmarked = list(_joined(self._pieces, unmarked))
        self.papers = tuple(card.paper.id for card in cards.values())
        self._shown = frozenset(self.papers)

    @property
    def size(self) -> int:
        """In bytes, about."""
        return 3 * sum(len(piece) for piece in self._unmarked)

    def filled(self, marks: Marks, gaps: Mapping[str, bytes]) -> bytes:
        """The page for a reader who said so of its papers, with the other gaps filled in."""
        pieces = self._unmarked
        if not self._shown.isdisjoint(marks.papers):
            gaps = {**gaps, **{name: card.set_for(marks) for name, card in self._cards.items()}}
            pieces = self._pieces
        return b"".join([gaps[one] if isinstance(one, str) else one for one in pieces])


def _cut(page: str) -> Iterator[Piece]:
    """The texts between the gaps, and their names, by turns."""
    for place, piece in enumerate(_GAP.split(page)):
        yield piece if place % 2 else piece.encode()


def _joined(pieces: Sequence[Piece], known: Mapping[str, bytes]) -> Iterator[Piece]:
    """The same with those gaps filled, and the texts put together that meet."""
    text: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, str) and piece not in known:
            yield b"".join(text)
            yield piece
            text = []
        else:
            text.append(known[piece] if isinstance(piece, str) else piece)
    yield b"".join(text)
