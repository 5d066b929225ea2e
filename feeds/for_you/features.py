"""What of a paper a taste looks at: its words and pairs of words, its authors, its topics.

Words weigh by how rare they are (feeds/weighing.py), all of a paper's together as much as all its
authors; topics far less, as they say little that the words do not. Authors stand as "@" and their
key, topics as "#" and their slug: no word begins so. A feature is kept under its checksum, in one
of a million places, so that hardly two meet.
"""

import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from feeds.weighing import Rarity, weights

PLACES = 1 << 20
AUTHOR, TOPIC = "@", "#"
OF_AUTHORS, OF_TOPICS = 1.0, 0.15

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a paper says of itself: `authors` by their keys, `topics` by their slugs."""

    text: str
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def features(paper: Matter, known: Rarity) -> Features:
    """The paper's features by name, with how much of each it has."""
    return {
        **weights(paper.text, known),
        **_evenly(AUTHOR, paper.authors, OF_AUTHORS),
        **_evenly(TOPIC, paper.topics, OF_TOPICS),
    }


def _evenly(sign: str, names: Collection[str], weight: float) -> dict[str, float]:
    each = weight / (len(names) or 1) ** 0.5
    return {sign + name: each for name in names if name}


def place(feature: str) -> int:
    return zlib.crc32(feature.encode()) % PLACES


@dataclass(frozen=True, slots=True)
class Block:
    """The features of many papers as numbers: those of paper n are from `starts[n]` on to the
    next one's.
    """

    papers: "array[int]"
    starts: "array[int]"
    places: "array[int]"
    amounts: "array[float]"

    @classmethod
    def empty(cls) -> "Block":
        return cls(array("q"), array("q"), array("q"), array("f"))

    @classmethod
    def of(cls, papers: Iterable[tuple[int, Features]]) -> "Block":
        block = cls.empty()
        for paper, has in papers:
            block.papers.append(paper)
            block.starts.append(len(block.places))
            block.places.extend(place(name) for name in has)
            block.amounts.extend(has.values())
        return block

    def with_more(self, other: "Block") -> "Block":
        shift = len(self.places)
        starts = self.starts + array("q", (start + shift for start in other.starts))
        return Block(
            self.papers + other.papers,
            starts,
            self.places + other.places,
            self.amounts + other.amounts,
        )
