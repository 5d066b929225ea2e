"""Dumps of arXiv's metadata, an object a line."""

import json
import time
import tracemalloc
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.arxiv_jsonl import LONGEST_LINE
from feeds.parsers.base import Declined, parsers
from feeds.records import Content, PaperRecord, Problem, RawDigest, Version
from tests.parsers.samples import ARXIV_LINES, SAMPLES
from tests.parsers.wild_json import changed, damaged

TODAY = date(2026, 4, 25)
DUMP = SAMPLES["arxiv_jsonl"]
PAPER, LISTED = ARXIV_LINES
RECORDS = [
    PaperRecord(
        title="Lamps in the long run",
        abstract="We light lamps in tanks of $n$ litres.",
        authors=("Ada B. Author Jr", "Benoît Writer"),
        arxiv_id="2404.01234",
        doi="10.1234/lamp.7",
        published_at=datetime(2024, 4, 2, 19, 18, 42, tzinfo=UTC),
        categories=("cs.LG", "cs.CL"),
        versions=(
            Version(1, datetime(2024, 4, 2, 19, 18, 42, tzinfo=UTC)),
            Version(2, datetime(2024, 5, 1, 20, 10, 27, tzinfo=UTC), note="12 pages"),
        ),
    ),
    PaperRecord(
        title="Old lamps",
        abstract="We look back.",
        authors=("Cy King", "Di Queen"),
        arxiv_id="hep-th/9901001",
        listed_at=datetime(2024, 4, 3, tzinfo=UTC),
    ),
]


def read(content: Content) -> list[PaperRecord | Problem]:
    return list(parsers.get("arxiv_jsonl").parse(RawDigest(content, TODAY)).entries)


def one(**fields: Any) -> PaperRecord:
    [record] = read(json.dumps(PAPER | fields).encode())
    assert isinstance(record, PaperRecord)
    return record


def test_every_field_of_a_line_is_read() -> None:
    assert read(DUMP) == RECORDS


@pytest.mark.parametrize(
    "content",
    [
        DUMP.replace(b"\n", b"\r\n"),
        DUMP.replace(b"\n", b"\n\n"),
        DUMP.rstrip(),
        b"\xef\xbb\xbf" + DUMP,
        b"[\n" + DUMP.strip().replace(b"\n", b",\n") + b"\n]\n",
        json.dumps(ARXIV_LINES).encode(),
        json.dumps(ARXIV_LINES, indent=2).encode(),
        json.dumps({"papers": ARXIV_LINES}).encode(),
        json.dumps(ARXIV_LINES).encode("utf-16"),
    ],
)
def test_lists_and_other_line_ends_are_read_alike(content: bytes) -> None:
    assert read(content) == RECORDS


def test_a_bad_line_is_told_by_its_number_and_the_rest_goes_on() -> None:
    found = read(b"{broken\n7\n" + DUMP + b'{"id": "2404.01235", "title": ""}\n')
    assert found[:2] == [
        Problem("line 1", "it is no JSON object"),
        Problem("line 2", "it is no JSON object"),
    ]
    assert found[2:4] == RECORDS
    assert found[4] == Problem("line 5", "it has no title")


def test_a_line_without_end_is_put_aside() -> None:
    endless = b'{"abstract": "' + b"x" * (LONGEST_LINE + 2_000_000)
    found = read(DUMP + endless + b"\n" + DUMP)
    assert found[:2] == RECORDS
    assert found[2] == Problem("line 3", f"it is longer than {LONGEST_LINE:,} bytes")
    assert found[3:] == RECORDS
    assert len(read(DUMP + endless)) == 3


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ({"authors_parsed": None, "authors": "A. One (X, Y), B. Two"}, ("A. One", "B. Two")),
        ({"authors_parsed": [], "authors": 'J. M\\"{u}ller'}, ("J. Müller",)),
        ({"authors_parsed": None, "authors": ["A One", {"name": "B Two"}]}, ("A One", "B Two")),
        ({"authors_parsed": [["One"], ["Two", "B."], [None, 1, 2], 3]}, ("One", "B. Two")),
        ({"authors_parsed": ["Cy Three"]}, ("Cy Three",)),
        ({"authors_parsed": None, "authors": None}, ()),
    ],
)
def test_authors_are_read_however_they_are_written(
    fields: dict[str, Any], authors: tuple[str, ...]
) -> None:
    assert one(**fields).authors == authors


@pytest.mark.parametrize("told", ["cs.LG stat.ML", ["cs.LG stat.ML"], ["cs.LG", "stat.ML", 3]])
def test_categories_are_read_from_a_line_or_a_list(told: Any) -> None:
    assert one(categories=told).categories == ("cs.LG", "stat.ML")


def test_a_withdrawn_paper_says_so_in_its_last_version() -> None:
    note = "This paper has been withdrawn by the author"
    versions = one(comments=note).versions
    assert [version.withdrawn for version in versions] == [False, True]


@pytest.mark.parametrize(
    "created", ["soon", "", None, 7, "Tue, 99 Apr 2024 19:18:42 GMT", "Tue, 2 Apr 2024 19:18 GMT"]
)
def test_a_date_that_is_none_is_not_said(created: Any) -> None:
    record = one(versions=[{"version": "v1", "created": created}])
    assert record.published_at is None
    assert [version.submitted_at for version in record.versions] == [None]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id,title\n1,A", "it is not JSON"),
        (b'{"id": "2404.01234", "title": "A", "summary": "B"}\n', "does not name"),
        (b'{"id": 7, "title": "A", "abstract": "B"}\n' * 3, "no paper with an arXiv id"),
        (b'[{"id": "x", "abstract": 1}]', "no paper with an arXiv id"),
    ],
)
def test_other_json_is_declined(content: bytes, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        read(content)


class Endless:
    """A dump of any length, of which only what is asked for exists."""

    def __init__(self, lines: int) -> None:
        self._line = json.dumps(PAPER).encode() + b"\n"
        self._length = lines * len(self._line)
        self.largest = 0

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._length)
        self.largest = max(self.largest, stop - start)
        before = start % len(self._line)
        whole = self._line * ((stop - start) // len(self._line) + 2)
        return whole[before : before + stop - start]


def test_a_dump_longer_than_memory_is_read_piece_by_piece() -> None:
    dump = Endless(5_000_000)
    assert len(dump) > 2_000_000_000
    entries = parsers.get("arxiv_jsonl").parse(RawDigest(dump, TODAY)).entries
    tracemalloc.start()
    try:
        for record, _ in zip(entries, range(20_000), strict=False):
            assert record == RECORDS[0]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000_000
    assert dump.largest <= 8_000_000


def test_a_paper_is_read_in_no_time() -> None:
    """Held to a bare reading of the same JSON, as machines differ."""
    content = DUMP * 2_000
    started = time.process_time()
    for line in content.splitlines():
        json.loads(line)
    bare = time.process_time() - started
    started = time.process_time()
    assert len(read(content)) == 4_000
    assert time.process_time() - started < 8 * bare + 0.1


@given(st.data())
def test_no_change_of_a_value_raises_anything(data: st.DataObject) -> None:
    paper = changed(data, json.loads(json.dumps(PAPER)))
    for entry in read(DUMP + json.dumps(paper).encode()):
        assert isinstance(entry, PaperRecord | Problem)


@given(st.data())
def test_no_damage_raises_anything_but_declined(data: st.DataObject) -> None:
    try:
        for entry in read(damaged(data, DUMP)):
            assert isinstance(entry, PaperRecord | Problem)
    except Declined as declined:
        assert str(declined)
