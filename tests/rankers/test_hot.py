"""hot: a score that can be stored, because only a vote changes it."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.rankers.base import EPOCH, rankers
from feeds.records import Signals

NOW = datetime(2026, 4, 24, tzinfo=UTC)
hot = rankers.get("hot")


def test_the_score_is_the_formula() -> None:
    signals = Signals(votes=95, listed_at=EPOCH + timedelta(hours=120))
    assert hot.score(signals).value == pytest.approx(math.log10(95 + 5) + 120 / 60)


def test_ten_times_the_votes_weigh_as_much_as_sixty_hours() -> None:
    old = hot.score(Signals(votes=95, listed_at=NOW))
    new = hot.score(Signals(votes=5, listed_at=NOW + timedelta(hours=60)))
    assert old.value == pytest.approx(new.value, abs=1e-9)


def test_the_first_vote_counts() -> None:
    none, one = (hot.score(Signals(votes, NOW)).value for votes in (0, 1))
    assert none < one < none + 0.1


@given(votes=st.integers(0, 10**6), followers=st.integers(1, 10**6))
def test_followers_lift_a_paper_by_less_than_one_vote(votes: int, followers: int) -> None:
    bare, next_vote = (hot.score(Signals(given, NOW)).value for given in (votes, votes + 1))
    followed = hot.score(Signals(votes, NOW, followers=followers))
    assert bare < followed.value < next_vote
    assert followed.value == pytest.approx(
        bare + math.log10(1 + followers / (followers + 10) / (votes + 5))
    )
