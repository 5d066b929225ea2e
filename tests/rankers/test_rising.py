"""rising: votes since a paper was listed, against what is usual for its age."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.rankers.base import DEFAULTS, PLACE_COST, RISING_STALE
from feeds.rankers.rising import due, rising
from feeds.records import Signals

LISTED = datetime(2026, 4, 24, 6, tzinfo=UTC)


def at(hours: float, votes: int, first: int = 0, place: int = 0) -> float:
    signals = Signals(votes, LISTED, place=place, first_votes=first)
    return rising.score(signals, LISTED + timedelta(hours=hours)).value


def test_the_score_is_the_formula() -> None:
    assert at(9, votes=108, first=12) == pytest.approx(math.log10(99 + 1) - 1.2 * math.log10(10))


def test_votes_that_it_came_with_count_less_than_those_since() -> None:
    assert at(6, votes=20, first=20) < at(6, votes=20, first=5) < at(6, votes=20)


def test_it_sinks_as_time_goes_by_and_a_vote_lifts_it() -> None:
    assert at(48, votes=30) < at(24, votes=30) < at(24, votes=31)


def test_a_young_paper_passes_an_old_one_with_more_votes() -> None:
    assert at(4, votes=10) > at(72, votes=100)


def test_an_earlier_place_breaks_a_tie() -> None:
    assert at(4, votes=10) - at(4, votes=10, place=7) == pytest.approx(7 * PLACE_COST)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(-100, 10**5))
def test_the_parts_sum_to_the_score_whatever_the_signals(
    votes: int, first: int, hours: float
) -> None:
    score = rising.score(Signals(votes, LISTED, first_votes=first), LISTED + timedelta(hours=hours))
    assert math.isfinite(score.value)
    assert score.value == pytest.approx(sum(part.value for part in score.parts))
    assert all(part.label for part in score.parts)


@given(st.floats(0, 10**4))
def test_a_stored_score_is_never_far_off_before_it_is_due(hours: float) -> None:
    signals = Signals(50, LISTED)
    stored_at = LISTED + timedelta(hours=hours)
    then = due(signals, stored_at)
    assert then > stored_at
    off = rising.score(signals, stored_at).value - rising.score(signals, then).value
    assert 0 < off <= DEFAULTS.rising_power * math.log10(1 + RISING_STALE) + 1e-6


def test_the_first_year_of_a_paper_costs_186_writes() -> None:
    now, writes = LISTED, 0
    while now < LISTED + timedelta(days=365):
        now, writes = due(Signals(1, LISTED), now), writes + 1
    assert writes == 187  # the last one lies behind the year
