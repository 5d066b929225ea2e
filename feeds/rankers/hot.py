import math
from datetime import timedelta

from django.utils.translation import gettext_noop

from feeds.rankers.base import (
    DEFAULTS,
    EPOCH,
    FOLLOWED_HALF,
    FOLLOWED_VOTE,
    Constants,
    place_part,
    rankers,
)
from feeds.records import Part, Score, Signals
from feeds.said_once import said as _


class Hot:
    """log10(votes + 5) plus the time of listing in units of 60 hours.

    Subtracting an age from every score and adding a time to it give the same order, so
    the score can be stored: it changes with a vote, never with the clock.
    """

    name = "hot"
    label = gettext_noop("trending")

    def score(self, signals: Signals, constants: Constants = DEFAULTS, /) -> Score:
        given, hours = constants.hot_votes, constants.hot_hours
        votes = math.log10(max(signals.votes, 0) + given)
        time = (signals.listed_at - EPOCH) / timedelta(hours=hours)
        parts = [
            Part(_("votes plus %(given)s, as log10", given=given), votes),
            *_followed(signals, given),
        ]
        return Score(
            (
                *parts,
                Part(_("time, by %(hours)s h", hours=hours), time),
                place_part(signals),
            )
        )


def _followed(signals: Signals, given: float) -> list[Part]:
    """What its followers add: less than one vote would, however many they are."""
    if not signals.followers:
        return []
    votes = max(signals.votes, 0) + given
    share = FOLLOWED_VOTE * signals.followers / (signals.followers + FOLLOWED_HALF)
    return [Part(_("readers who follow its tags or authors"), math.log10((votes + share) / votes))]


rankers.register(Hot())
