from dataclasses import dataclass

from feeds.rankers.base import place_part, rankers
from feeds.records import Part, Score, Signals


@dataclass(frozen=True)
class Top:
    """The number of votes."""

    name: str = "top"
    label: str = "most voted"

    def score(self, signals: Signals) -> Score:
        return Score((Part("votes", float(signals.votes)), place_part(signals)))


rankers.register(Top())
