"""Choosing k papers that cover what a list is about, not k that say the same.

The objective is facility location: each candidate's topics are demands, weighed by the
candidate's score, and a chosen paper serves a demand as far as it shares its topics. It is
monotone and submodular, so the greedy choice reaches at least 1 - 1/e of the best possible
(Nemhauser, Wolsey and Fisher, 1978); evaluating lazily (Minoux, 1978) changes the time alone.
"""

import heapq
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that may be chosen: its score in the list's order, and its topics with weights."""

    id: int
    score: float
    topics: Mapping[int, float] = field(default_factory=dict)


def choose(candidates: Sequence[Candidate], count: int, given: Collection[int] = ()) -> list[int]:
    """The ids of `count` candidates that cover the others best, each next one adding most.

    Those of `given` (ids) are chosen beforehand, and the others cover what these leave. Equal
    gains go by the order in which the candidates stand.
    """
    weights = _weights(candidates)
    likeness = [[_likeness(one, other) for other in candidates] for one in candidates]
    served = [0.0] * len(candidates)

    def gain(place: int) -> float:
        pairs = zip(weights, likeness[place], served, strict=True)
        return sum(weight * max(0.0, like - now) for weight, like, now in pairs)

    before = [place for place, one in enumerate(candidates) if one.id in given][:count]
    for place in before:
        served = [max(pair) for pair in zip(served, likeness[place], strict=True)]
    left = (place for place in range(len(candidates)) if place not in before)
    heap = [(-gain(place), place) for place in left]
    heapq.heapify(heap)
    chosen = [candidates[place].id for place in before]
    while heap and len(chosen) < count:
        _, place = heapq.heappop(heap)
        now = (-gain(place), place)
        if heap and now > heap[0]:
            heapq.heappush(heap, now)
            continue
        chosen.append(candidates[place].id)
        served = [max(pair) for pair in zip(served, likeness[place], strict=True)]
    return chosen


def covered(candidates: Sequence[Candidate], chosen: Sequence[int]) -> float:
    """The objective's value of a choice: how well it serves all candidates."""
    weights = _weights(candidates)
    picked = [one for one in candidates if one.id in set(chosen)]
    return sum(
        weight * max((_likeness(one, pick) for pick in picked), default=0.0)
        for weight, one in zip(weights, candidates, strict=True)
    )


def _weights(candidates: Sequence[Candidate]) -> list[float]:
    """From 1 for the best score to 1/2 for the lowest, so that no paper counts for nothing."""
    scores = [one.score for one in candidates]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    span = (high - low) or 1.0
    return [0.5 + 0.5 * (score - low) / span for score in scores]


def _likeness(one: Candidate, other: Candidate) -> float:
    """The cosine of their topics, 1 of a paper with itself."""
    if one.id == other.id:
        return 1.0
    shared = one.topics.keys() & other.topics.keys()
    if not shared:
        return 0.0
    product = sum(one.topics[topic] * other.topics[topic] for topic in shared)
    return product / (_length(one) * _length(other))


def _length(one: Candidate) -> float:
    return sqrt(sum(weight * weight for weight in one.topics.values()))
