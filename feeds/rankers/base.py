"""What a ranker is, and the constants that the rankers share."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from feeds.records import Part, Score, Signals
from feeds.registry import Registry

# Scores grow from this moment on; it only keeps the numbers short.
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)

# A paper ten times as voted for stays level with one that is this much newer.
HOT_SPAN = timedelta(hours=72)

# What a place further down a digest costs: enough to keep its order among equals, never
# enough to outweigh one vote or (below 1,000 places) one second.
PLACE_COST = 1e-9


class Ranker(Protocol):
    """A static score: of the signals alone, so that it can be stored and indexed."""

    name: str
    label: str

    def score(self, signals: Signals) -> Score:
        """The score and its parts; a higher score stands earlier."""


rankers: Registry[Ranker] = Registry("feeds.rankers")


def place_part(signals: Signals) -> Part:
    return Part("place in the digest", -PLACE_COST * signals.place)
