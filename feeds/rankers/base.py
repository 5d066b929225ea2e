"""What a ranker is, and the constants that the rankers share.

docs/ranking.md tells the formulas; the constants were chosen there, by `manage.py replay`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext_noop

from feeds.records import Part, Score, Signals
from feeds.registry import Registry
from feeds.said_once import said as _

# Scores grow from this moment on; it only keeps the numbers short.
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Constants:
    """What a feed's curators may tune for its editions; as they stand here they are the site's.

    hot: a paper ten times as voted for stays level with one that is `hot_hours` newer, and every
    paper is given `hot_votes`, so that the first few do not decide.

    rising: of the votes that a paper came with the part `rising_came_with` counts as new, every
    paper is given `rising_votes`, and the usual speed falls with the power `rising_power` of
    the age.

    scaled: `scaled_part` of the usual activity of its tags is taken from a paper (1 is all).
    """

    hot_hours: float = 60.0
    hot_votes: float = 5.0
    rising_came_with: float = 0.25
    rising_votes: float = 1.0
    rising_power: float = 1.2
    scaled_part: float = 0.2

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Constants":
        """The defaults but for what is told; what is unknown or out of bounds is left out."""
        known = {
            name: float(told[name])
            for name, (least, most) in BOUNDS.items()
            if isinstance(told.get(name), int | float) and least <= told[name] <= most
        }
        return cls(**known)

    def told(self) -> dict[str, float]:
        """Those that are not the defaults, as `read` takes them."""
        mine = asdict(self).items()
        return {name: value for name, value in mine if value != getattr(DEFAULTS, name)}


# Within which a constant may be set: the least and the most.
BOUNDS: dict[str, tuple[float, float]] = {
    "hot_hours": (1, 2000),
    "hot_votes": (1, 1000),
    "rising_came_with": (0, 1),
    "rising_votes": (1, 1000),
    "rising_power": (0, 3),
    "scaled_part": (0, 1),
}
DEFAULTS = Constants()

# rising: what is added to an age.
RISING_AGE = timedelta(hours=1)
# A stored speed is written again when the age has grown by this part of itself.
RISING_STALE = 0.05

# hot: all who follow a paper's tags or authors count as less than this part of a vote, and
# this many as half of it. No data says more (decision 8).
FOLLOWED_VOTE = 1.0
FOLLOWED_HALF = 10

# scaled: the usual activity is told beside that of a tag of this many votes a day.
SCALED_USUAL = 12.0

# What a place further down a digest costs: enough to keep its order among equals, never
# enough to outweigh one vote or (below 1,000 places) one second.
PLACE_COST = 1e-9


class Ranker(Protocol):
    """A static score: of the signals alone, so that it can be stored and indexed."""

    name: str
    label: str

    def score(self, signals: Signals, constants: Constants = DEFAULTS, /) -> Score:
        """The score and its parts; a higher score stands earlier."""


class MovingRanker(Protocol):
    """A score that falls as time goes by: of the signals and of `now`."""

    name: str
    label: str

    def score(self, signals: Signals, now: datetime, constants: Constants = DEFAULTS, /) -> Score:
        """The score at `now` and its parts; a higher score stands earlier."""

    def due(self, signals: Signals, now: datetime) -> datetime:
        """When a score that was stored at `now` has to be written again."""


rankers: Registry[Ranker] = Registry("feeds.rankers")
moving_rankers: Registry[MovingRanker] = Registry("feeds.rankers")


# Orders that no formula gives: a reader's own (feeds/for_you), and how well a question is answered
# (feeds/search).
PERSONAL = {"for_you": gettext_noop("for you"), "relevance": gettext_noop("most relevant")}


def order_label(order: str) -> str:
    """What the order is called: "trending". Raises KeyError for an unknown one."""
    if order in PERSONAL:
        return _(PERSONAL[order])
    moving = order in moving_rankers.names()
    return _(moving_rankers.get(order).label if moving else rankers.get(order).label)


def place_part(signals: Signals) -> Part:
    return Part(_("place in the digest"), -PLACE_COST * signals.place)
