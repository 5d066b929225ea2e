"""Write pieces as plain text or as safe markup."""

import math
from collections.abc import Iterable
from html import escape

from feeds.tex.mathml import formula_html
from feeds.tex.pieces import End, Maths, Piece, Start, Words
from feeds.tex.plain import plain


def as_text(pieces: Iterable[Piece], enough: float = math.inf) -> str:
    """The pieces in words; those behind the first `enough` signs may be left out."""
    said: list[str] = []
    length = 0
    for piece in pieces:
        if length >= enough:
            break
        match piece:
            case Words(text):
                said.append(text)
            case Maths(tex):
                said.append(plain(tex))
            case _:
                continue
        length += len(said[-1])
    return "".join(said)


def as_html(pieces: Iterable[Piece]) -> str:
    said = []
    for piece in pieces:
        match piece:
            case Words(text):
                said.append(escape(text, quote=False))
            case Maths(tex):
                said.append(formula_html(tex))
            case Start(style):
                said.append(f"<{style}>")
            case End(style):
                said.append(f"</{style}>")
    return "".join(said)
