"""How the two halves of an answer are mixed."""

from hypothesis import given
from hypothesis import strategies as st

from feeds.search.mixing import mixed

papers = st.integers(1, 20)
wordings = st.dictionaries(papers, st.floats(0.01, 100))
meanings = st.dictionaries(papers, st.floats(-1, 1))


def test_the_best_by_both_is_the_best() -> None:
    found = mixed({1: 8.0, 2: 4.0}, {1: 0.7, 3: 0.8, 4: 0.2})
    assert [(one.paper, round(one.score, 3)) for one in found] == [
        (1, 0.917), (3, 0.5), (2, 0.5), (4, 0.0)
    ]  # fmt: skip


def test_without_vectors_the_order_is_that_of_the_words() -> None:
    assert [one.paper for one in mixed({1: 2.0, 2: 9.0, 3: 4.0}, {})] == [2, 3, 1]


def test_a_paper_that_has_no_vector_yet_is_not_put_last() -> None:
    assert mixed({1: 9.0, 2: 1.0}, {2: 0.9, 3: 0.1})[0].paper == 1


@given(wordings, meanings)
def test_every_paper_of_either_is_there_once_with_a_score_from_0_to_1(
    wording: dict[int, float], meaning: dict[int, float]
) -> None:
    found = mixed(wording, meaning)
    assert {one.paper for one in found} == wording.keys() | meaning.keys()
    assert len(found) == len(wording.keys() | meaning.keys())
    assert all(0 <= one.score <= 1 + 1e-9 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
