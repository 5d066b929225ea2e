"""Cursors: what is written is read again, and whatever has their form is read."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.cursor import FORM, Place, read_cursor, write_cursor
from feeds.query import QueryError

SCORES = st.floats(allow_nan=False, allow_infinity=False)


@given(SCORES, st.integers(1, 10**18 - 1), st.integers(1, 10**9 - 1))
def test_what_is_written_is_read_again(score: float, paper: int, rank: int) -> None:
    written = write_cursor(Place(score, paper, rank))
    assert re.fullmatch(FORM, written)
    assert read_cursor(written) == Place(score, paper, rank)


@given(st.from_regex(rf"\A{FORM}\Z"))
def test_whatever_has_the_form_is_read(text: str) -> None:
    assert math.isfinite(read_cursor(text).score)


@pytest.mark.parametrize("score", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_has_not_the_form(score: float) -> None:
    with pytest.raises(QueryError):
        read_cursor(write_cursor(Place(score, 1, 1)))
