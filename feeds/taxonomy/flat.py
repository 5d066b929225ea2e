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
    `spaced` has spaces for these too. `cased` has the capitals, and the signs between words as
    they are. All three are of one length; accents, ligatures and invisible signs are gone from
    them, so `shifts` may lead to the source.
    """

    source: str
    cased: str
    folded: str
    spaced: str
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

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """The folded words from sign `start` to sign `end` (exclusive)."""
        return self.spaced[start:end].split()


def flat(source: str) -> Flat:
    """`source` made flat, in time linear in its length."""
    cased, shifts = (source, ()) if source.isascii() else _plain(source)
    folded = cased.translate(_CLASSES)
    # Most full stops end a sentence; others join two words ("2.5") or stand among more signs.
    folded = folded.replace(". ", "| ").replace(".", " ")
    if "  " in folded:
        cased, folded, closed = _one_space(cased, folded)
        shifts = *closed, *shifts  # places are led back the way they came
    return Flat(source, cased, folded, folded.replace("|", " "), shifts)


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


def _plain(source: str) -> tuple[str, tuple[Shifts, ...]]:
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
    return "".join(said), (shifts,)


@lru_cache(maxsize=4096)
def _read(sign: str, in_word: bool) -> str:
    if sign.isalnum():
        return plain(sign)
    if MARK.match(sign):
        return "" if in_word else "|"
    if sign.isspace():
        return " "
    return "-" if _DASHES.match(sign) else {"\u2019": "'"}.get(sign, "|")


def _one_space(cased: str, folded: str) -> tuple[str, str, tuple[Shifts, ...]]:
    """Keeps one space of each run whose signs in `cased` join two words; others are no join."""
    letters: list[str] = []
    said: list[str] = []
    shifts = Shifts()
    at = length = 0
    for run in _SPACES.finditer(folded):
        start, end = run.span()
        joined = JOIN.fullmatch(cased, start, end) is not None
        stop = start + 1 if joined else end
        letters.append(cased[at:stop])
        said += folded[at:start], " " if joined else "|" * (end - start)
        length += stop - at
        if joined:
            shifts.note(length, end - stop)
        at = end
    letters.append(cased[at:])
    said.append(folded[at:])
    return "".join(letters), "".join(said), (shifts,)
