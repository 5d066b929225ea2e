import math

from feeds.rankers import hot
from feeds.rankers.base import SCALED_PART, SCALED_USUAL, rankers
from feeds.records import Part, Score, Signals

# A tag that hardly anybody votes for must not lift a paper without end.
_LEAST = 1.0


class Scaled:
    """hot, relative to the usual activity of the paper's tags.

    A tag that gets ten times the votes of another has its papers lowered, so that a big
    tag does not drown a small one. A paper without tags stands as in `hot`.
    """

    name = "scaled"
    label = "evenly trending"

    def score(self, signals: Signals) -> Score:
        usual = SCALED_USUAL if signals.usual_votes is None else signals.usual_votes
        lowered = -SCALED_PART * math.log10(max(usual, _LEAST) / SCALED_USUAL)
        part = Part("what is usual for its tags, as log10", lowered)
        return Score((*hot.Hot().score(signals).parts, part))


scaled = Scaled()
rankers.register(scaled)
