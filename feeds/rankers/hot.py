import math

from feeds.rankers.base import EPOCH, HOT_SPAN, HOT_VOTES, place_part, rankers
from feeds.records import Part, Score, Signals

_HOURS = int(HOT_SPAN.total_seconds() // 3600)


class Hot:
    """log10(votes + 5) plus the time of listing in units of 60 hours.

    Subtracting an age from every score and adding a time to it give the same order, so
    the score can be stored: it changes with a vote, never with the clock.
    """

    name = "hot"
    label = "trending"

    def score(self, signals: Signals) -> Score:
        votes = math.log10(max(signals.votes, 0) + HOT_VOTES)
        time = (signals.listed_at - EPOCH) / HOT_SPAN
        return Score(
            (
                Part(f"votes plus {HOT_VOTES}, as log10", votes),
                Part(f"time, by {_HOURS} h", time),
                place_part(signals),
            )
        )


rankers.register(Hot())
