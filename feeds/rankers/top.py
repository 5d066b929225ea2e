from django.utils.translation import gettext_noop

from feeds.rankers.base import DEFAULTS, Constants, place_part, rankers
from feeds.records import Part, Score, Signals


class Top:
    """The number of votes."""

    name = "top"
    label = gettext_noop("most voted")

    def score(self, signals: Signals, _constants: Constants = DEFAULTS, /) -> Score:
        return Score((Part("votes", float(signals.votes)), place_part(signals)))


rankers.register(Top())
