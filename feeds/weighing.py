"""How alike two texts are by their words and word pairs, rare ones weighing more (TF-IDF).

How rare a word is, is counted over a sample of papers and kept in 65,536 places that words share
by their checksum: 128 kB, which is fetched with one look and never has to be fitted anew.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import log, sqrt
from typing import TypeVar
from zlib import crc32

PLACES = 1 << 16
_WORD = re.compile(r"[^\W\d_][\w]+")
# Words that hold sentences together, and what every abstract says.
_COMMON = frozenset(
    "a about across all also although among an and any are as at based be been being between both "
    "but by can do does each few for from further had has have however if in into is it its many "
    "may method methods more most new no not of on one only or our over paper propose proposed "
    "results show such than that the their them then there these they this those through thus to "
    "two under up use used using via was we well were what when where which while who will with "
    "without".split()
)

Weights = Mapping[str, float]
Term = TypeVar("Term", str, int)


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of `texts` a word stood, about."""

    texts: int
    holding: "array[int]"
    _logs: list[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        most = 1 + max(self.holding)
        logs = [log((1 + self.texts) / (0.5 + count)) for count in range(most)]
        object.__setattr__(self, "_logs", logs)

    def of(self, term: str) -> float:
        return self.each((term,))[0]

    def each(self, terms: Iterable[str]) -> list[float]:
        """How rare each of the terms is: 0.1 ms for those of a paper."""
        logs, holding = self._logs, self.holding
        return [logs[holding[crc32(term.encode()) % PLACES]] for term in terms]


def rarity(texts: Iterable[str]) -> Rarity:
    """Counts the terms of the texts; the more texts, the better it tells rare from common."""
    holding, count = array("H", bytes(2 * PLACES)), 0
    for text in texts:
        count += 1
        for place in {_place(term) for term in terms(text)}:
            holding[place] += 1
    return Rarity(count, holding)


def terms(text: str) -> "Counter[str]":
    """The text's words in small letters and the pairs of neighbouring ones, by how often."""
    found: Counter[str] = Counter()
    for line in text.lower().split("\n"):
        words = [word for word in _WORD.findall(line) if word not in _COMMON]
        found.update(words)
        found.update(f"{one} {other}" for one, other in pairwise(words))
    return found


def weights(text: str, known: Rarity) -> Weights:
    """The text's terms, their squares summing to 1; empty where it has no words."""
    counted = terms(text)
    rare = zip(counted.items(), known.each(counted), strict=True)
    weighed = {
        term: weight if count == 1 else (1 + log(count)) * weight for (term, count), weight in rare
    }
    length = sqrt(sum(weight * weight for weight in weighed.values()))
    return {term: weight / length for term, weight in weighed.items()} if length else {}


def likeness(one: Mapping[Term, float], other: Mapping[Term, float]) -> float:
    """The cosine: 0 where they share no term, 1 of a text with itself."""
    return min(1.0, sum(one[term] * other[term] for term in one.keys() & other.keys()))


def packed(one: Weights) -> bytes:
    """The weights with each term under its checksum, 8 bytes a term."""
    return array("I", map(number, one)).tobytes() + array("f", one.values()).tobytes()


def unpacked(told: bytes) -> Mapping[int, float]:
    """What was packed, by the terms' numbers."""
    numbers, amounts, half = array("I"), array("f"), len(told) // 2
    numbers.frombytes(told[:half])
    amounts.frombytes(told[half:])
    return dict(zip(numbers, amounts, strict=True))


def number(term: str) -> int:
    """The checksum under which a term is kept."""
    return crc32(term.encode())


def shared(one: Weights, other: Weights, most: int) -> tuple[str, ...]:
    """The terms that make the two alike, the weightiest first; a word in a pair stands for it."""
    both = sorted((term for term in one if term in other), key=lambda t: (-one[t] * other[t], t))
    found: list[str] = []
    for term in sorted(both[: 4 * most], key=lambda t: " " not in t):
        if not any(set(term.split()) & set(known.split()) for known in found):
            found.append(term)
    return tuple(sorted(found, key=both.index)[:most])


def heaviest(one: Weights, most: int, *, pairs: bool) -> list[str]:
    """The weightiest words, or pairs of words."""
    kind = [term for term in one if (" " in term) == pairs]
    return sorted(kind, key=lambda term: (-one[term], term))[:most]


def _place(term: str) -> int:
    return crc32(term.encode()) % PLACES


def hashed(one: Weights, places: int = 1024) -> list[float]:
    """The weights as numbers of a fixed count, of which different words may share one."""
    made = [0.0] * places
    for term, weight in one.items():
        made[_place(term) % places] += weight
    return made
