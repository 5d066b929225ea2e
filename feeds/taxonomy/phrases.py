"""All phrases in one automaton, so that a text is read once for all of them."""

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from feeds.taxonomy.flat import Flat


class Shape(NamedTuple):
    """A sequence of words, acronyms with their capitals, and the topic that it names."""

    words: tuple[str, ...]
    topic: str

    def plain_words(self) -> list[bool]:
        """Of each word, whether it is no acronym."""
        return [word == word.lower() for word in self.words]

    def acronyms(self) -> tuple[tuple[int, str], ...]:
        """The acronyms, each with its place in the phrase."""
        places = accumulate((len(word) + 1 for word in self.words), initial=0)
        placed = zip(places, self.words, strict=False)
        return tuple((place, word) for place, word in placed if word != word.lower())


class Found(NamedTuple):
    """A phrase that stands in a flat text from sign `start` to sign `end` (exclusive)."""

    start: int
    end: int
    topic: str


class Phrases:
    """Finds shapes in flat texts. Where two topics claim a shape, the first keeps it."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        ways: dict[str, list[Shape]] = {}
        for shape in shapes:
            ways.setdefault(" ".join(shape.words).lower(), []).append(shape)
        self._phrases = list(ways)
        # "SAM" as written comes before "sam"; the sorting leaves the first topic first.
        self._ways = [
            [(shape.acronyms(), shape.topic) for shape in sorted(same, key=Shape.plain_words)]
            for same in ways.values()
        ]
        self._automaton = BytesAhoCorasick(
            map(_searchable, ways), implementation=Implementation.ContiguousNFA
        )

    def longest(self, text: Flat) -> list[Found]:
        """The longest phrase from each word that begins one, from left to right."""
        best: dict[int, Found] = {}
        whole = _searchable(text.spaced())
        # Of two from the same place the longer ends later, so it comes later.
        for number, start, beyond in self._automaton.find_matches_as_indexes(
            whole, overlapping=True
        ):
            end = beyond - 2
            if text.folded[start:end] != self._phrases[number]:
                continue  # a sign that joins nothing stands between its words
            for acronyms, topic in self._ways[number]:
                if all(text.cased.startswith(word, start + place) for place, word in acronyms):
                    best[start] = Found(start, end, topic)
                    break
        return sorted(best.values())


def _searchable(words: str) -> bytes:
    """As many bytes as signs, which is faster to search, and a space at both ends of each word.

    The rare letters that one byte cannot say are alike here; what is found is compared again.
    """
    return f" {words} ".encode("latin-1", "replace")
