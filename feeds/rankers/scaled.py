import math

from django.utils.translation import gettext_noop

from feeds.rankers import hot
from feeds.rankers.base import DEFAULTS, SCALED_USUAL, Constants, rankers
from feeds.records import Part, Score, Signals
from feeds.said_once import said as _

# A tag that hardly anybody votes for must not lift a paper without end.
_LEAST = 1.0


class Scaled:
    """hot, relative to the usual activity of the paper's tags.

    A tag that gets ten times the votes of another has its papers lowered, so that a big
    tag does not drown a small one. A paper without tags stands as in `hot`.
    """

    name = "scaled"
    label = gettext_noop("evenly trending")

    def score(self, signals: Signals, constants: Constants = DEFAULTS, /) -> Score:
        usual = SCALED_USUAL if signals.usual_votes is None else signals.usual_votes
        lowered = -constants.scaled_part * math.log10(max(usual, _LEAST) / SCALED_USUAL)
        part = Part(_("what is usual for its tags, as log10"), lowered)
        return Score((*hot.Hot().score(signals, constants).parts, part))


scaled = Scaled()
rankers.register(scaled)
