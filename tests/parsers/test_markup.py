"""XML of unknown origin does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.markup import DEEPEST, Broken, elements, root, said
from tests.parsers.xml_samples import ALL


def texts(content: bytes, *wanted: str) -> list[str]:
    return [said(element) for _, element in elements(content, frozenset(wanted))]


def test_wanted_elements_come_in_order_with_their_lines() -> None:
    found = list(elements(b"<r>\n<a>1</a><b>2</b>\n<x:a>3</x:a></r>", frozenset({"a"})))
    assert [(line, said(element)) for line, element in found] == [(2, "1"), (3, "3")]


def test_an_element_within_a_wanted_one_comes_with_it_alone() -> None:
    assert texts(b"<r><a>1<a>2</a></a></r>", "a") == ["12"]


def test_what_came_before_a_break_is_kept() -> None:
    read = elements(b"<r><a>1</a>\n<b></r>", frozenset({"a"}))
    assert said(next(read)[1]) == "1"
    with pytest.raises(Broken):
        next(read)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>',
        b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r><r/>'.encode("utf-16"),
    ],
)
def test_a_document_type_is_refused(content: bytes) -> None:
    with pytest.raises(Broken, match="document type"):
        texts(content, "r")
    assert root(content) == ""


def test_depth_has_an_end() -> None:
    with pytest.raises(Broken, match=f"more than {DEEPEST} levels"):
        texts(b"<a>" * 100_000, "b")


def test_an_entry_has_a_largest_size() -> None:
    with pytest.raises(Broken, match="more than 5,000,000"):
        texts(b"<r><a>" + b"x" * 6_000_000 + b"</a></r>", "a")


@pytest.mark.parametrize(
    ("encoding", "text"), [("utf-8", "é"), ("utf-16", "é"), ("iso-8859-1", "é")]
)
def test_encodings_are_read_as_declared(encoding: str, text: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><r><a>{text}</a></r>'
    assert texts(declared.encode(encoding), "a") == ["é"]


@given(
    sample=st.sampled_from(ALL),
    start=st.integers(0, 3_000),
    length=st.integers(0, 200),
    splice=st.binary(max_size=20),
)
def test_no_damage_raises_anything_else(
    sample: bytes, start: int, length: int, splice: bytes
) -> None:
    damaged = sample[:start] + splice + sample[start + length :]
    try:
        for line, _ in elements(damaged, frozenset({"entry", "item", "record", "doi_record"})):
            assert line > 0
    except Broken as broken:
        assert str(broken)
    assert isinstance(root(damaged), str)
