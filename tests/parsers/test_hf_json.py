"""The JSON of a daily papers API, and what exports make of it."""

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parse, parsers
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

TODAY = date(2026, 11, 24)
PAPER: dict[str, Any] = {
    "id": "2604.00001",
    "title": "Lanterns for\n  Small Models",
    "summary": "Long documents make small\nmodels lose their way.\n\nWe light it.",
    "authors": [{"name": "Ada Author", "hidden": False}, {"name": "Ben Writer"}],
    "publishedAt": "2026-04-23T10:00:00.000Z",
    "submittedOnDailyAt": "2026-04-24T01:30:00.000Z",
    "upvotes": 17,
    "projectPage": "https://example.org/lanterns",
    "githubRepo": "https://github.com/example/lanterns",
    "githubStars": 1234,
    "ai_summary": "Lights along the path.",
    "ai_keywords": ["small models", "long context"],
}
ITEM: dict[str, Any] = {
    "paper": PAPER,
    "title": PAPER["title"],
    "thumbnail": "https://example.org/thumb.png",
    "numComments": 3,
    "organization": {"name": "lamp", "fullname": "The Lamp Lab"},
}
RECORD = PaperRecord(
    title="Lanterns for Small Models",
    abstract="Long documents make small models lose their way.\n\nWe light it.",
    authors=("Ada Author", "Ben Writer"),
    arxiv_id="2604.00001",
    published_at=datetime(2026, 4, 23, 10, tzinfo=UTC),
    listed_at=datetime(2026, 4, 24, 1, 30, tzinfo=UTC),
    keywords=("small models", "long context"),
    votes=17,
    comments=3,
    code_url="https://github.com/example/lanterns",
    code_stars=1234,
    project_url="https://example.org/lanterns",
    thumbnail_url="https://example.org/thumb.png",
    organization="The Lamp Lab",
    summary="Lights along the path.",
)


def read(document: Any) -> ParsedDigest:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return parsers.get("hf_json").parse(RawDigest(content, TODAY))


def test_every_field_of_an_item_is_read() -> None:
    digest = read([ITEM])
    assert list(digest.entries) == [RECORD]
    assert digest.date == date(2026, 4, 24)


@pytest.mark.parametrize(
    "document",
    [
        ITEM,
        {"status": "ok", "data": [ITEM]},
        {"status": 200, "data": {"papers": [ITEM]}},
        [{"status": "ok", "data": ITEM}],
        [repr(ITEM)],
        [str({"paper": PAPER} | {key: ITEM[key] for key in ITEM if key != "paper"})],
        [ITEM | {"paper": repr(PAPER)}],
        [ITEM | {"paper": json.dumps(PAPER)}],
        PAPER | {key: ITEM[key] for key in ("thumbnail", "numComments", "organization")},
        json.dumps([ITEM]),
        b"\xef\xbb\xbf" + json.dumps([ITEM]).encode(),
        json.dumps([ITEM]).encode("utf-16"),
    ],
)
def test_whatever_wraps_the_papers_is_taken_off(document: Any) -> None:
    assert list(read(document).entries) == [RECORD]


def test_lines_of_json_are_read_one_by_one() -> None:
    other = ITEM | {"paper": PAPER | {"id": "2604.00002", "title": "Another"}}
    content = f"{json.dumps(ITEM)}\n{json.dumps(other)}\nbroken\n".encode()
    found = list(read(content).entries)
    assert found[0] == RECORD
    assert [type(one) for one in found] == [PaperRecord, PaperRecord, Problem]


def test_a_bad_entry_says_where_and_why_and_the_rest_goes_on() -> None:
    found = list(read([7, {"paper": {"id": "2604.00003", "title": " "}}, {"x": 1}, ITEM]).entries)
    assert found[:3] == [
        Problem("entry 1", "it is not an object"),
        Problem("entry 2", "it has no title"),
        Problem("entry 3", "it has none of the fields of a daily paper"),
    ]
    assert found[3] == RECORD


@pytest.mark.parametrize(
    ("field", "value", "attribute", "left"),
    [
        ("upvotes", -1, "votes", None),
        ("upvotes", 10**30, "votes", None),
        ("upvotes", True, "votes", None),
        ("upvotes", "12", "votes", 12),
        ("githubRepo", "javascript:alert(1)", "code_url", ""),
        ("githubRepo", "https://e.org/" + "x" * 600, "code_url", ""),
        ("publishedAt", "soon", "published_at", None),
        ("authors", None, "authors", ()),
        ("authors", [{"name": None}, "Cy King", 7], "authors", ("Cy King",)),
        ("ai_keywords", "nothing", "keywords", ()),
        ("id", "not-an-id", "arxiv_id", ""),
        ("summary", None, "abstract", ""),
    ],
)
def test_a_value_of_the_wrong_kind_counts_as_not_said(
    field: str, value: Any, attribute: str, left: Any
) -> None:
    [record] = read([{"paper": PAPER | {field: value}}]).entries
    assert getattr(record, attribute) == left


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"# Notes", "it is not JSON"),
        (b"[]", "empty"),
        (b"{}", "none of the fields"),
        (b'{"error": "Invalid date"}', "failed"),
        (b"[" * 100_000, "nested too deeply|broken"),
        (b'[{"a":' * 50_000, "nested too deeply|broken"),
        (b"[1" + b"0" * 1_000_000, "broken"),
        (b'[{"paper": NaN}]', "no paper|is a paper"),
    ],
)
def test_what_is_no_daily_papers_json_is_declined_with_a_reason(
    content: bytes, reason: str
) -> None:
    with pytest.raises(Declined, match=reason):
        read(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(
    st.lists(
        st.fixed_dictionaries({}, optional=dict.fromkeys([*PAPER, *ITEM], json_values))
        | json_values,
        max_size=4,
    )
)
def test_any_json_gives_records_and_problems_or_is_declined(document: Any) -> None:
    try:
        found = list(read(document).entries)
    except Declined as declined:
        assert str(declined)
    else:
        assert all(isinstance(one, PaperRecord | Problem) for one in found)


@given(st.integers(0, 1_500), st.integers(0, 200), st.binary(max_size=20))
def test_no_damage_raises_anything_but_declined(start: int, length: int, splice: bytes) -> None:
    content = json.dumps([ITEM, ITEM]).encode()
    try:
        read(content[:start] + splice + content[start + length :])
    except Declined as declined:
        assert str(declined)


def test_every_real_day_is_read_whole(real_data: Path) -> None:
    files = sorted((real_data / "hf_daily").glob("*.json.gz"))
    assert len(files) > 100
    for path in files:
        content = gzip.decompress(path.read_bytes())
        digest = parse(RawDigest(content, TODAY))
        assert (digest.parser, digest.date) == ("hf_json", date.fromisoformat(path.name[:10]))
        found = list(digest.entries)
        assert len(found) == len(json.loads(content)), path.name
        assert not [one for one in found if isinstance(one, Problem)], path.name
