"""Where papers stand on a map: always somewhere, never on each other, the same each time."""

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.layout import laid_out

WIDTH, HEIGHT, APART = 640.0, 480.0, 22.0
NUMBERS = st.floats(-1, 1, width=32)
MANY = st.integers(1, 8).flatmap(
    lambda wide: st.lists(st.lists(NUMBERS, min_size=wide, max_size=wide), max_size=60)
)


@settings(max_examples=60, deadline=None)
@given(MANY)
def test_every_paper_has_a_place_of_its_own_within_the_picture(vectors) -> None:
    spots = laid_out(vectors, WIDTH, HEIGHT, APART)
    assert len(spots) == len(vectors)
    assert all(math.isfinite(spot.x) and math.isfinite(spot.y) for spot in spots)
    assert all(0 < spot.x < WIDTH and 0 < spot.y < HEIGHT for spot in spots)
    for one, other in combinations(spots, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= APART - 0.05
    assert laid_out(vectors, WIDTH, HEIGHT, APART) == spots


@pytest.mark.parametrize("count", [1, 2, 199, 300])
def test_papers_that_are_all_alike_have_places_too(count) -> None:
    spots = laid_out([[1.0, 0.0]] * count, WIDTH, HEIGHT, APART)
    assert len({(spot.x, spot.y) for spot in spots}) == count


def test_like_papers_stand_nearer() -> None:
    groups = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    vectors = [[value + 0.01 * number for value in one] for one in groups for number in range(8)]
    spots = laid_out(vectors, WIDTH, HEIGHT, APART)

    def mean(pairs) -> float:
        far = [math.hypot(a.x - b.x, a.y - b.y) for a, b in pairs]
        return sum(far) / len(far)

    within = [pair for start in (0, 8, 16) for pair in combinations(spots[start : start + 8], 2)]
    between = [(one, other) for one in spots[:8] for other in spots[8:]]
    assert mean(within) * 2 < mean(between)


def test_too_many_for_the_picture_is_said() -> None:
    with pytest.raises(ValueError, match="no room"):
        laid_out([[1.0]] * 700, WIDTH, HEIGHT, APART)
