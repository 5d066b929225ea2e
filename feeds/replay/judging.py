"""How good an order is, and whether one is better than another on the same days."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

TOP = 20
FLIPS = 10_000


def ndcg(scores: Sequence[float], gains: Sequence[float], top: int = TOP) -> float:
    """nDCG of the first `top` places, with the gains as they are, in 0…1.

    Papers of equal score share their places: each counts as the mean of all their orders.
    Some gain must be above 0.
    """
    order = sorted(zip(scores, gains, strict=True), key=lambda one: -one[0])
    found, place = 0.0, 0
    for _, group in groupby(order, key=lambda one: one[0]):
        equal = [gain for _, gain in group]
        weights = sum(_weight(place + k, top) for k in range(len(equal)))
        found += weights * sum(equal) / len(equal)
        place += len(equal)
    best = sorted(gains, reverse=True)
    return found / sum(gain * _weight(place, top) for place, gain in enumerate(best))


def crowding(scores: Sequence[float], tags: Sequence[Sequence[str]], top: int = TOP) -> float:
    """The part of the first `top` papers that carries the most frequent of their tags."""
    first = sorted(range(len(scores)), key=lambda index: -scores[index])[:top]
    counts = Counter(tag for index in first for tag in set(tags[index]))
    return max(counts.values(), default=0) / len(first)


def _weight(place: int, top: int) -> float:
    return 1 / math.log2(place + 2) if place < top else 0.0


def spearman(scores: Sequence[float], gains: Sequence[float]) -> float:
    """The correlation of ranks, equal values at their mean rank; 0 where all are equal."""
    left, right = _ranks(scores), _ranks(gains)
    mean = (len(left) + 1) / 2
    shared = sum((a - mean) * (b - mean) for a, b in zip(left, right, strict=True))
    spread = sum((a - mean) ** 2 for a in left) * sum((b - mean) ** 2 for b in right)
    return shared / math.sqrt(spread) if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    ranks = [0.0] * len(values)
    order = sorted(range(len(values)), key=values.__getitem__)
    place = 0
    for _, group in groupby(order, key=values.__getitem__):
        equal = list(group)
        for index in equal:
            ranks[index] = place + (len(equal) + 1) / 2
        place += len(equal)
    return ranks


def chance(differences: Sequence[float], flips: int = FLIPS) -> float:
    """How likely a mean as far from 0 as that of `differences` is by chance.

    A paired permutation test, both sides: were two orders equally good, each day's difference
    could as well have the other sign. `flips` draws of signs, always the same ones.
    """
    draw = random.Random(1)  # noqa: S311
    reached = abs(sum(differences)) - 1e-12
    hits = sum(abs(_flipped(differences, draw)) >= reached for _ in range(flips))
    return (hits + 1) / (flips + 1)


def _flipped(differences: Sequence[float], draw: random.Random) -> float:
    signs = draw.getrandbits(max(len(differences), 1))
    return sum(d if signs >> k & 1 else -d for k, d in enumerate(differences))
