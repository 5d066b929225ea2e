"""A reader's taste: how much each feature of a paper speaks for it or against it."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from feeds.for_you.features import PLACES, Block, Features, place

# Of all weights the greatest are kept, in some 100 kB a reader; the others decide nothing.
MOST_WEIGHTS = 8_000


@dataclass(frozen=True)
class Taste:
    """Weights by place, and what every paper is given."""

    places: "array[int]" = field(default_factory=lambda: array("I"))
    weights: "array[float]" = field(default_factory=lambda: array("f"))
    given: float = 0.0

    @cached_property
    def _by_place(self) -> Mapping[int, float]:
        return dict(zip(self.places, self.weights, strict=True))

    def of(self, feature: str) -> float:
        """The feature's weight; 0 of one that was never met."""
        return self._by_place.get(place(feature), 0.0)

    def contributions(self, has: Features) -> dict[str, float]:
        """What each feature adds to a paper's score."""
        return {name: amount * self.of(name) for name, amount in has.items()}

    def scores(self, block: Block) -> dict[int, float]:
        """The score of each paper of the block, by its id."""
        import numpy as np  # noqa: PLC0415 (which most processes never need)

        if not block.papers:
            return {}
        known = np.zeros(PLACES, dtype=np.float32)
        known[np.asarray(self.places, dtype=np.int64)] = np.asarray(self.weights)
        each = known[np.asarray(block.places)] * np.asarray(block.amounts)
        starts = np.append(np.asarray(block.starts), len(each))
        whole = np.concatenate([[0.0], np.cumsum(each, dtype=np.float64)])
        found = whole[starts[1:]] - whole[starts[:-1]] + self.given
        return dict(zip(block.papers, found.tolist(), strict=True))

    def packed(self) -> bytes:
        return array("d", [self.given]).tobytes() + self.places.tobytes() + self.weights.tobytes()

    @classmethod
    def unpacked(cls, stored: bytes) -> "Taste":
        """What `packed` gave; the empty taste of nothing."""
        if not stored:
            return cls()
        given, places, weights = array("d"), array("I"), array("f")
        half = (len(stored) - 8) // 2
        given.frombytes(stored[:8])
        places.frombytes(stored[8 : 8 + half])
        weights.frombytes(stored[8 + half :])
        return cls(places, weights, given[0])
