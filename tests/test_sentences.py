import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.sentences import sentences


@pytest.mark.parametrize(
    "one",
    [
        "As Doe et al. Found, e.g. Here, i.e. Always, it is so (cf. Roe).",
        "See Fig. 3 and Eqs. 4, Sec. 5 and Tab. 6 for all of it.",
        "It costs 0.5 of v. 2.5 and gains 1.3 points.",
        "J. R. Doe of the U.S. Survey counted it vs. Theirs.",
        "It asks “Why?” and “How?” of each.",
        "The bound is O(n log n) … and no better",
    ],
)
def test_what_only_looks_like_an_end_is_none(one: str) -> None:
    assert sentences(f"{one} Then comes more.")[0].startswith(one)
    assert sentences(one) == [one]


def test_sentences_end_where_readers_see_it() -> None:
    text = 'It works! Does it? “Yes.” (It does.) 3 of 4 say so. x² grows. The end: "Done." Really'
    assert sentences(text) == [
        "It works!", "Does it?", "“Yes.”", "(It does.)", "3 of 4 say so. x² grows.",
        'The end: "Done."', "Really",
    ]  # fmt: skip


def test_full_width_stops_need_no_space() -> None:
    assert sentences("我们提出一种方法。它很快！「好。」真的吗？是") == [
        "我们提出一种方法。", "它很快！", "「好。」", "真的吗？", "是",
    ]  # fmt: skip


@given(st.text(alphabet=st.sampled_from("aA .!?。」)(“”\"'1é…\n"), max_size=60) | st.text())
def test_no_sign_but_spaces_is_lost(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(one == one.strip() != "" for one in found)
