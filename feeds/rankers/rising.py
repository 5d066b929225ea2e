import math
from datetime import datetime, timedelta

from django.utils.translation import gettext_noop

from feeds.rankers.base import (
    DEFAULTS,
    RISING_AGE,
    RISING_STALE,
    Constants,
    moving_rankers,
    place_part,
)
from feeds.records import Part, Score, Signals
from feeds.said_once import said as _

_HOUR = timedelta(hours=1)


class Rising:
    """Votes since a paper was listed, against what is usual for its age.

    The usual speed falls with a power of the age. Votes that a paper came with were given
    before anybody here could see it; a part of them counts.
    """

    name = "rising"
    label = gettext_noop("rising")

    def score(self, signals: Signals, now: datetime, constants: Constants = DEFAULTS, /) -> Score:
        since = signals.votes - (1 - constants.rising_came_with) * signals.first_votes
        votes = math.log10(max(since, 0) + constants.rising_votes)
        usual = -constants.rising_power * math.log10(_age(signals, now))
        return Score(
            (
                Part(_("votes since listed, as log10"), votes),
                Part(_("usual at its age, as log10"), usual),
                place_part(signals),
            )
        )

    def due(self, signals: Signals, now: datetime) -> datetime:
        return due(signals, now)


def due(signals: Signals, now: datetime) -> datetime:
    """When a score that was stored at `now` has to be written again.

    In steps that grow with the age, so that a stored score is never off by more than the
    default `rising_power` × log10(1 + `RISING_STALE`), and a paper's first year costs 186 writes.
    """
    return now + RISING_STALE * _age(signals, now) * _HOUR


def _age(signals: Signals, now: datetime) -> float:
    """In hours, `RISING_AGE` included; a paper listed later than `now` is of age 0."""
    return (max(now - signals.listed_at, timedelta(0)) + RISING_AGE) / _HOUR


rising = Rising()
moving_rankers.register(rising)
