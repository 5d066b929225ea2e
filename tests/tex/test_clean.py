"""What no reader sees is taken out, in time that grows with the text alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.tex.clean import LINE_END, UNWANTED, paragraphs, strip_controls


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("  One\ntwo \n\n\n \t\n Three\n") == ["One\ntwo", "Three"]
    assert paragraphs(" \n\n ") == []


WILD = st.sampled_from("aé\u0301\n\r\t \x00\x85\u200b\u2028\u202e\ud800\U0001f600")


@given(st.text(WILD | st.characters(exclude_categories=())))
def test_nothing_unwanted_is_left(text: str) -> None:
    left = strip_controls(text)
    assert not UNWANTED.search(left)
    assert not LINE_END.search(left)
    assert strip_controls(left) == left


@pytest.mark.parametrize(
    "text",
    [
        " " * 200_000,
        "\n" * 200_000,
        " \n" * 100_000,
        "a\n" + " " * 200_000 + "b",
        "e\u0301" * 99_999,
    ],
)
def test_long_runs_of_space_and_accents_take_no_time(text: str) -> None:
    started = time.process_time()
    paragraphs(strip_controls(f"a{text}b"))
    assert time.process_time() - started < 1
