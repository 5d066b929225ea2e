"""Text in lines: what fits where, in which faces."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PIL.ImageDraw import ImageDraw

from feeds.cards.faces import face, face_of

_ELLIPSIS = "…"
_LONGEST = 400  # characters that a card could hold
_LONG_WORD = 20


@dataclass(frozen=True, slots=True)
class Type:
    """`kind` is "serif" or "sans"; `size` in pixels; `tone` 0 is ink and 255 the ground."""

    kind: str
    size: int
    weight: int = 400
    tone: int = 0


@lru_cache(maxsize=16_384)
def width(text: str, type_: Type) -> float:
    """How wide the text is in one line, in pixels."""
    return sum(
        font.getlength(run)
        for name, run in _runs(text, type_)
        if (font := face(name, type_.size, type_.weight))
    )


def write(draw: ImageDraw, at: tuple[float, float], text: str, type_: Type) -> None:
    """Writes the line from `at`, its left end on the baseline; right to left where it is so."""
    across, down = at
    runs = _runs(text, type_)
    for name, run in reversed(runs) if is_leftward(text) else runs:
        font = face(name, type_.size, type_.weight)
        if font is not None:
            draw.text((across, down), run, fill=type_.tone, font=font, anchor="ls")
            across += font.getlength(run)


def lines(text: str, type_: Type, room: float, most: int) -> list[str]:
    """The text in at most `most` lines of that width, as even as they can be.

    What does not fit is cut off with an ellipsis; a word that is wider than a line is broken.
    """
    words = [part for word in text[:_LONGEST].split() for part in _broken(word, type_, room)]
    filled = _filled(words, type_, room)
    if len(filled) > most:
        rest = " ".join(filled[most - 1 : most + 1])
        return [*filled[: most - 1], _cut(f"{rest} ", type_, room)]
    return _evened(words, type_, room, filled)


def one_line(text: str, type_: Type, room: float) -> str:
    """As much of the text as fits in one line."""
    return text if width(text, type_) <= room else _cut(text, type_, room)


def is_leftward(text: str) -> bool:
    """Whether the text is read from right to left: its first letter tells."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def _runs(text: str, type_: Type) -> list[tuple[str, str]]:
    named: list[tuple[str, str]] = []
    for sign in text:
        name = face_of(sign, type_.kind)
        # An accent or a joiner stands in the face of the letter before it.
        keep = named and unicodedata.category(sign) in ("Mn", "Cf")
        named.append((named[-1][0] if keep else name, sign))
    parted = groupby(named, key=lambda one: one[0])
    return [(name, "".join(sign for _, sign in run)) for name, run in parted if name]


def _filled(words: list[str], type_: Type, room: float) -> list[str]:
    """Measured word by word, which is nearly the line's own width, and far sooner known."""
    space = width(" ", type_)
    found: list[str] = []
    taken = room
    for word in words:
        wide = width(word, type_)
        if taken + space + wide <= room:
            found[-1] += f" {word}"
            taken += space + wide
        else:
            found.append(word)
            taken = wide
    return found


def _evened(words: list[str], type_: Type, room: float, filled: list[str]) -> list[str]:
    """The narrowest setting that takes no more lines."""
    least, enough = room / 2, room
    for _ in range(6):
        middle = (least + enough) / 2
        if len(_filled(words, type_, middle)) > len(filled):
            least = middle
        else:
            enough = middle
    even = _filled(words, type_, enough)
    return even if len(even) == len(filled) else filled


def _broken(word: str, type_: Type, room: float) -> list[str]:
    """The word, in pieces where it is wider than a line, as one of a script without spaces is."""
    if width(word, type_) <= room:
        return [word]
    parts, taken = [""], 0.0
    for sign in word:
        wide = width(sign, type_)
        if taken + wide > room:
            parts.append("")
            taken = 0.0
        parts[-1] += sign
        taken += wide
    return parts


def _cut(text: str, type_: Type, room: float) -> str:
    """As many of its words as fit with an ellipsis behind them; of a long word a part."""
    left = room - width(_ELLIPSIS, type_)
    end = 0
    for sign in text[:_LONGEST]:
        left -= width(sign, type_)
        if left < 0:
            break
        end += 1
    kept = text[:end]
    if text[end : end + 1].strip() and " " in kept[-_LONG_WORD:]:
        kept = kept.rpartition(" ")[0]
    return f"{kept.rstrip(' ,;:.–—-(')}{_ELLIPSIS}"
