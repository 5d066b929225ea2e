import math
from datetime import timedelta

from feeds.rankers.base import DEFAULTS, EPOCH, Constants, place_part, rankers
from feeds.records import Part, Score, Signals


class Hot:
    """log10(votes + 5) plus the time of listing in units of 60 hours.

    Subtracting an age from every score and adding a time to it give the same order, so
    the score can be stored: it changes with a vote, never with the clock.
    """

    name = "hot"
    label = "trending"

    def score(self, signals: Signals, constants: Constants = DEFAULTS, /) -> Score:
        given, hours = constants.hot_votes, constants.hot_hours
        votes = math.log10(max(signals.votes, 0) + given)
        time = (signals.listed_at - EPOCH) / timedelta(hours=hours)
        return Score(
            (
                Part(f"votes plus {given:g}, as log10", votes),
                Part(f"time, by {hours:g} h", time),
                place_part(signals),
            )
        )


rankers.register(Hot())
