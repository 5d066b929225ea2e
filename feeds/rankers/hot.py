import math

from feeds.rankers.base import EPOCH, HOT_SPAN, place_part, rankers
from feeds.records import Part, Score, Signals


class Hot:
    """log10(votes) plus the time of listing in units of 72 hours.

    Subtracting an age from every score and adding a time to it give the same order, so
    the score can be stored: it changes with a vote, never with the clock.
    """

    name = "hot"
    label = "trending"

    def score(self, signals: Signals) -> Score:
        votes = math.log10(max(signals.votes, 1))
        time = (signals.listed_at - EPOCH) / HOT_SPAN
        return Score(
            (Part("votes, as log10", votes), Part("time, by 72 h", time), place_part(signals))
        )


rankers.register(Hot())
