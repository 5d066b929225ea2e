from django.utils.translation import gettext_noop

from feeds.rankers.base import DEFAULTS, EPOCH, Constants, place_part, rankers
from feeds.records import Part, Score, Signals
from feeds.said_once import said as _


class New:
    """Hours since the epoch at which a digest first named the paper."""

    name = "new"
    label = gettext_noop("newest")

    def score(self, signals: Signals, _constants: Constants = DEFAULTS, /) -> Score:
        hours = (signals.listed_at - EPOCH).total_seconds() / 3600
        return Score((Part(_("hours since 2020 when listed"), hours), place_part(signals)))


rankers.register(New())
