"""What a ranker is, and the constants that the rankers share.

docs/ranking.md tells the formulas; the constants were chosen there, by `manage.py replay`.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from feeds.records import Part, Score, Signals
from feeds.registry import Registry

# Scores grow from this moment on; it only keeps the numbers short.
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)

# hot: a paper ten times as voted for stays level with one that is this much newer, and every
# paper is given some votes, so that the first few do not decide.
HOT_SPAN = timedelta(hours=60)
HOT_VOTES = 5

# rising: of the votes that a paper came with this part counts as new; every paper is given
# a vote; the speed that is usual falls with this power of the age.
RISING_CAME_WITH = 0.25
RISING_VOTES = 1
RISING_AGE = timedelta(hours=1)
RISING_POWER = 1.2
# A stored speed is written again when the age has grown by this part of itself.
RISING_STALE = 0.05

# scaled: how much of the usual activity of its tags is taken from a paper (1 would be all),
# beside that of a tag of this many votes a day.
SCALED_PART = 0.2
SCALED_USUAL = 12.0

# What a place further down a digest costs: enough to keep its order among equals, never
# enough to outweigh one vote or (below 1,000 places) one second.
PLACE_COST = 1e-9


class Ranker(Protocol):
    """A static score: of the signals alone, so that it can be stored and indexed."""

    name: str
    label: str

    def score(self, signals: Signals) -> Score:
        """The score and its parts; a higher score stands earlier."""


class MovingRanker(Protocol):
    """A score that falls as time goes by: of the signals and of `now`."""

    name: str
    label: str

    def score(self, signals: Signals, now: datetime) -> Score:
        """The score at `now` and its parts; a higher score stands earlier."""

    def due(self, signals: Signals, now: datetime) -> datetime:
        """When a score that was stored at `now` has to be written again."""


rankers: Registry[Ranker] = Registry("feeds.rankers")
moving_rankers: Registry[MovingRanker] = Registry("feeds.rankers")


def order_label(order: str) -> str:
    """What the order is called: "trending". Raises KeyError for an unknown one."""
    moving = order in moving_rankers.names()
    return moving_rankers.get(order).label if moving else rankers.get(order).label


def place_part(signals: Signals) -> Part:
    return Part("place in the digest", -PLACE_COST * signals.place)
