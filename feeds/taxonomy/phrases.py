"""All phrases in one automaton, so that a text is read once for all of them."""

from collections.abc import Collection, Iterable
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from feeds.taxonomy.flat import Flat

_Way = tuple[tuple[tuple[int, str], ...], str]  # acronyms, each with its place, and a topic


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


class Seen(NamedTuple):
    """What was seen in a flat text, from left to right.

    Phrases, each as its first sign, the sign behind it, and its topic: the longest one from each
    word that begins one. And the places where cues end.
    """

    phrases: list[tuple[int, int, str]]
    cues: list[int]


class Phrases:
    """Sees shapes, and single words as cues, in flat texts.

    Where two topics claim a shape, the first keeps it.
    """

    def __init__(self, shapes: Iterable[Shape], cues: Collection[str] = ()) -> None:
        ways: dict[str, list[Shape]] = {}
        for shape in shapes:
            ways.setdefault(" ".join(shape.words).lower(), []).append(shape)
        # Of each phrase its text and, most having no acronym, its topic; else "" and its ways.
        # "SAM" as written comes before "sam"; the sorting leaves the first topic first.
        self._known = [
            (text, "" if any(map(Shape.acronyms, same)) else same[0].topic, _ways(same))
            for text, same in ways.items()
        ]
        self._automaton = BytesAhoCorasick(
            map(_searchable, (*ways, *cues)), implementation=Implementation.ContiguousNFA
        )

    def see(self, text: Flat) -> Seen:
        folded, known = text.folded, self._known
        best: dict[int, tuple[int, int, str]] = {}
        cues: list[int] = []
        found = self._automaton.find_matches_as_indexes(_searchable(text.spaced), overlapping=True)
        for number, start, beyond in found:  # as they end
            end = beyond - 2  # without the two spaces
            if number >= len(known):
                cues.append(end)
                continue
            phrase, topic, ways = known[number]
            if folded[start:end] != phrase:
                continue  # a sign that joins nothing stands between its words
            if topic := topic or _written(ways, text.cased, start):
                best[start] = start, end, topic  # a longer one comes later
        return Seen(sorted(best.values()), cues)


def _ways(same: list[Shape]) -> list[_Way]:
    return [(shape.acronyms(), shape.topic) for shape in sorted(same, key=Shape.plain_words)]


def _written(ways: list[_Way], cased: str, start: int) -> str:
    """The topic of the first way in which the phrase is written there; "" where none is."""
    for acronyms, topic in ways:
        if all(cased.startswith(word, start + place) for place, word in acronyms):
            return topic
    return ""


def _searchable(words: str) -> bytes:
    """As many bytes as signs, which is faster to search, and a space at both ends of each word.

    The rare letters that one byte cannot say are alike here; what is found is compared again.
    """
    return f" {words} ".encode("latin-1", "replace")
