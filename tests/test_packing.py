"""Gzipped documents are unpacked in pieces, to a bound, and come back as they are if broken."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.packing import STEP, FileContent, TooLarge, pack, unpack, unpacked


@given(st.binary(max_size=5_000), st.binary(max_size=100))
def test_members_follow_each_other_and_padding_is_passed_over(first: bytes, second: bytes) -> None:
    packed = gzip.compress(first) + gzip.compress(second) + b"\0\0\0"
    assert unpack(packed) == first + second


@given(st.binary(max_size=300))
def test_what_is_broken_comes_back_as_it_is(rest: bytes) -> None:
    broken = b"\x1f\x8b\xff" + rest
    assert unpack(broken) == broken


def test_what_is_cut_off_gives_what_came() -> None:
    text = bytes(range(256)) * 400
    assert text.startswith(unpack(pack(text)[:-300])[:100])


@pytest.mark.parametrize("size", [STEP - 1, STEP, STEP + 1, 3 * STEP])
def test_any_length_is_unpacked_whole(size: int) -> None:
    text = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    with unpacked(pack(text)) as plain:
        assert len(plain) == size
        assert plain[:] == text


def test_a_bound_holds_over_all_members() -> None:
    with pytest.raises(TooLarge, match="more than 1,000 bytes"):
        unpack(pack(b"0" * 600) + pack(b"0" * 600), largest=1_000)


def test_an_open_file_is_read_in_slices() -> None:
    content = FileContent(io.BytesIO(b"0123456789"))
    assert (len(content), content[2:4], content[-2:], content[5:1]) == (10, b"23", b"89", b"")
    with pytest.raises(ValueError, match="forwards"):
        content[::-1]
