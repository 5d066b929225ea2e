"""An order is judged by where the gains stand in it; two orders by the same days."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.replay.judging import chance, crowding, ndcg, spearman

GAINS = st.lists(st.integers(0, 50), min_size=1, max_size=60).filter(any)


def test_ndcg_is_the_formula() -> None:
    found = 1 + 3 / math.log2(3)
    best = 3 + 1 / math.log2(3)
    assert ndcg([2, 1, 0], [1, 3, 0]) == pytest.approx(found / best)


def test_what_stands_beyond_the_top_counts_nothing() -> None:
    assert ndcg([3, 2, 1], [0, 0, 5], top=2) == 0


@given(GAINS)
def test_the_right_order_is_worth_one(gains: list[int]) -> None:
    assert ndcg(gains, gains) == pytest.approx(1)


@given(GAINS, st.randoms(use_true_random=False))
def test_equal_scores_count_the_same_however_the_papers_are_listed(gains, shuffle) -> None:
    scores = [gain % 3 for gain in gains]
    pairs = list(zip(scores, gains, strict=True))
    shuffle.shuffle(pairs)
    assert ndcg(*zip(*pairs, strict=True)) == pytest.approx(ndcg(scores, gains))


def test_equal_scores_share_their_places() -> None:
    either = (ndcg([2, 1], [4, 0]) + ndcg([1, 2], [4, 0])) / 2
    assert ndcg([1, 1], [4, 0]) == pytest.approx(either)


def test_ranks_agree_reverse_or_say_nothing() -> None:
    assert spearman([1, 2, 3], [10, 20, 90]) == pytest.approx(1)
    assert spearman([3, 2, 1], [10, 20, 90]) == pytest.approx(-1)
    assert spearman([5, 5, 5], [10, 20, 90]) == 0


def test_equal_values_stand_at_their_mean_rank() -> None:
    assert spearman([1, 2, 2, 3], [1, 3, 2, 4]) == pytest.approx(0.9486833)


def test_the_most_frequent_tag_of_the_first_places_is_the_crowd() -> None:
    tags = [("a",), ("a", "b"), ("b",), ("b",)]
    assert crowding([4, 3, 2, 1], tags, top=2) == 1
    assert crowding([4, 3, 2, 1], tags) == 0.75
    assert crowding([2, 1], [(), ()]) == 0


def test_a_difference_of_every_day_is_no_chance_and_one_that_comes_and_goes_is() -> None:
    assert chance([0.03] * 20) < 0.001
    assert chance([0.03, -0.03] * 10) == 1
    assert chance([0.03, -0.02] * 10) > 0.1


def test_the_chance_is_that_of_all_signs() -> None:
    # Of the 8 ways to give 1, 2, 4 a sign, 2 reach a sum as far from 0 as 7.
    assert chance([1, 2, 4]) == pytest.approx(2 / 8, abs=0.02)
    assert chance([1, 2, 4]) == chance([1, 2, 4])
