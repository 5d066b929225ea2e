"""scaled: hot, relative to what is usual for the paper's tags."""

from datetime import UTC, datetime

import pytest

from feeds.rankers.base import SCALED_USUAL, rankers
from feeds.rankers.scaled import scaled
from feeds.records import Signals

NOW = datetime(2026, 4, 24, tzinfo=UTC)


def score(votes: int, usual: float | None) -> float:
    return scaled.score(Signals(votes, NOW, usual_votes=usual)).value


def test_a_paper_without_tags_stands_as_in_hot() -> None:
    hot = rankers.get("hot").score(Signals(10, NOW)).value
    assert score(10, None) == score(10, SCALED_USUAL) == pytest.approx(hot)


def test_a_paper_of_a_small_tag_passes_one_of_a_big_tag() -> None:
    assert score(10, usual=2) > score(12, usual=200)


def test_ten_times_the_activity_costs_a_fifth() -> None:
    assert score(10, usual=50) - score(10, usual=500) == pytest.approx(0.2)


def test_a_tag_without_votes_lifts_a_paper_no_more_than_one_of_a_vote_a_day() -> None:
    assert score(10, usual=0) == score(10, usual=1)


def test_the_parts_sum_to_the_score() -> None:
    told = scaled.score(Signals(7, NOW, place=3, usual_votes=90.0))
    assert told.value == pytest.approx(sum(part.value for part in told.parts))
    assert all(part.label for part in told.parts)
