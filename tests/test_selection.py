"""The choice for breadth: close to the best there is, and always the same."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from feeds.selection import Candidate, choose, covered

BOUND = 1 - 1 / 2.718281828459045

candidates = st.lists(
    st.tuples(
        st.floats(0, 10),
        st.dictionaries(st.integers(0, 5), st.floats(0.1, 1), max_size=4),
    ),
    min_size=1,
    max_size=8,
).map(lambda rows: [Candidate(n, score, topics) for n, (score, topics) in enumerate(rows)])


@given(candidates, st.integers(1, 4))
def test_it_reaches_what_is_promised_of_the_best_choice(rows: list[Candidate], count: int) -> None:
    best = max(
        covered(rows, [one.id for one in picked])
        for picked in combinations(rows, min(count, len(rows)))
    )
    assert covered(rows, choose(rows, count)) >= BOUND * best - 1e-9


@given(candidates, st.integers(1, 3), st.integers(0, 2))
def test_beside_what_is_given_it_reaches_what_is_promised_of_the_rest(
    rows: list[Candidate], count: int, given_first: int
) -> None:
    first = [one.id for one in rows[:given_first]]
    others = [one.id for one in rows[given_first:]]
    chosen = choose(rows, len(first) + count, given=first)
    assert chosen[: len(first)] == first
    stood = covered(rows, first)
    best = max(
        covered(rows, [*first, *picked]) for picked in combinations(others, min(count, len(others)))
    )
    assert covered(rows, chosen) - stood >= BOUND * (best - stood) - 1e-9


@given(candidates, st.integers(0, 10))
def test_it_chooses_as_many_as_are_asked_for_each_once(rows: list[Candidate], count: int) -> None:
    chosen = choose(rows, count)
    assert len(chosen) == len(set(chosen)) == min(count, len(rows))
    assert chosen == choose(rows, count)
    assert chosen[:1] == choose(rows, min(count, 1))


def test_three_alike_do_not_crowd_out_a_fourth() -> None:
    alike = [Candidate(n, 10 - n, {1: 1.0}) for n in range(3)]
    assert choose([*alike, Candidate(9, 1, {2: 1.0})], 2) == [0, 9]
