"""A text in one line of plain small letters, in which phrases are found as strings."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from feeds.taxonomy.words import DASH, JOIN, MARK, plain

_FOREIGN = re.compile("[^\0-\x7f]")
_SPACES = re.compile("  +")
_DASHES = re.compile(f"[{DASH}]")


class Shifts:
    """Where the signs of a text stand in the one that it was made of."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._shifts = [0]

    def note(self, place: int, more: int) -> None:
        """From `place` on, signs stand `more` places further back in the text before."""
        self._places.append(place)
        self._shifts.append(self._shifts[-1] + more)

    def before(self, place: int) -> int:
        return place + self._shifts[bisect_right(self._places, place)]


class Flat(NamedTuple):
    """A text for reading by machine.

    `folded` is words of small letters and digits. One space between two words says that nothing
    but it, a hyphen or their like stands there in the source; between others is a "|" at least.
    `cased` is as long and has the capitals, and the signs between words as they are; accents,
    ligatures and invisible signs are gone from both. Most texts need no `shifts`.
    """

    source: str
    cased: str
    folded: str
    shifts: tuple[Shifts, ...] = ()

    def origin(self, place: int) -> int:
        """The place in the source of the sign at `place`."""
        for shifts in self.shifts:
            place = shifts.before(place)
        return place

    def phrase(self, start: int, end: int) -> str:
        """The source from sign `start` to sign `end` (exclusive)."""
        if self.shifts:
            start, end = self.origin(start), self.origin(end)
        return self.source[start:end]

    def spaced(self) -> str:
        """The words, with spaces alone between them."""
        return self.folded.replace("|", " ")

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """The folded words from sign `start` to sign `end` (exclusive)."""
        return self.folded[start:end].replace("|", " ").split()


def flat(source: str) -> Flat:
    """`source` made flat, in time linear in its length."""
    text = Flat(source, source, "") if source.isascii() else _plain(source)
    folded = text.cased.translate(_CLASSES)
    # Most full stops end a sentence; others join two words ("2.5") or stand among more signs.
    folded = folded.replace(". ", "| ").replace(".", " ")
    text = text._replace(folded=folded)
    return _one_space(text) if "  " in folded else text


class _Classes(dict[int, str]):
    """What each sign is in `folded`."""

    def __missing__(self, code: int) -> str:
        return chr(code).lower()  # letters alone are left of what is not ASCII


def _class(sign: str) -> str:
    if sign.isalnum():
        return sign.lower()
    if sign in "./:":
        return "."  # joins two words where it stands alone
    return " " if JOIN.fullmatch(sign) else "|"


_CLASSES = _Classes({code: _class(chr(code)) for code in range(128)})


def _plain(source: str) -> Flat:
    """`source` with each foreign sign as plain letters or as the sign between words that it is."""
    said: list[str] = []
    shifts = Shifts()
    at = length = 0
    in_word = False
    for found in _FOREIGN.finditer(source):
        place = found.start()
        if place > at:
            said.append(source[at:place])
            length += place - at
            in_word = source[place - 1].isalnum()
        at = place + 1
        if read := _read(found[0], in_word):
            said.append(read)
            length += len(read)
            in_word = read.isalnum()
        if len(read) != 1:
            shifts.note(length, 1 - len(read))
    said.append(source[at:])
    return Flat(source, "".join(said), "", (shifts,))


@lru_cache(maxsize=4096)
def _read(sign: str, in_word: bool) -> str:
    if sign.isalnum():
        return plain(sign)
    if MARK.match(sign):
        return "" if in_word else "|"
    if sign.isspace():
        return " "
    return "-" if _DASHES.match(sign) else {"\u2019": "'"}.get(sign, "|")


def _one_space(text: Flat) -> Flat:
    """Keeps one space of each run whose signs in the source join two words; others are no join."""
    cased: list[str] = []
    folded: list[str] = []
    shifts = Shifts()
    at = length = 0
    for run in _SPACES.finditer(text.folded):
        start, end = run.span()
        joined = JOIN.fullmatch(text.cased, start, end) is not None
        stop = start + 1 if joined else end
        cased.append(text.cased[at:stop])
        folded += text.folded[at:start], " " if joined else "|" * (end - start)
        length += stop - at
        if joined:
            shifts.note(length, end - stop)
        at = end
    cased.append(text.cased[at:])
    folded.append(text.folded[at:])
    # Places are led back the way they came: first over this change, then over those before.
    return Flat(text.source, "".join(cased), "".join(folded), (shifts, *text.shifts))
