import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.taggers.likeness import Likeness

TEXTS = ["Robots that fold shirts", "Robots that play chess", "Proteins that fold"]


def test_the_likest_text_is_the_first() -> None:
    found = Likeness(TEXTS).nearest("Chess for robots", 0.01)
    assert [place for place, _ in found] == [1, 0]
    assert found[0][1] > found[1][1] > 0


def test_a_text_is_wholly_like_itself_and_not_like_one_without_a_word_of_it() -> None:
    alike = Likeness(TEXTS)
    assert alike.nearest(TEXTS[0].upper(), 0.9) == [(0, pytest.approx(1.0))]
    assert alike.nearest("Weather, mostly", 0.0001) == []


def test_a_word_that_all_texts_have_tells_nothing() -> None:
    around = ["Robots here", "Robots there"]
    assert Likeness(["Robots"], around).nearest("Robots", 0.0001) == []
    found = Likeness(TEXTS, ["Robots and more"] * 20).nearest("Robots fold", 0.01)
    assert [place for place, _ in found] == [0, 2]


@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=80))
def test_how_alike_texts_are_lies_between_nothing_and_all(texts: list[str], text: str) -> None:
    found = Likeness(texts).nearest(text, 0.0)
    assert all(0 <= alike <= 1 for _, alike in found)
    assert [alike for _, alike in found] == sorted((alike for _, alike in found), reverse=True)
    assert {place for place, _ in found} <= set(range(len(texts)))
