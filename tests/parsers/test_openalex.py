"""Works of OpenAlex, with anything in them missing."""

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parsers
from feeds.records import PaperRecord, Problem, RawDigest
from tests.parsers.samples import OPENALEX
from tests.parsers.wild_json import changed, damaged

TODAY = date(2026, 4, 25)
WORK: dict[str, Any] = OPENALEX["results"][0]
RECORD = PaperRecord(
    title="Lamps of CO$_{2}$ & light",
    abstract="We light lamps. We look.",
    authors=("Ada Author", "Ben Writer"),
    arxiv_id="2404.01234",
    doi="10.1234/lamp.7",
    published_at=datetime(2024, 4, 3, tzinfo=UTC),
    keywords=("Lamp", "Lighting of Tanks"),
)


def read(document: Any) -> list[PaperRecord | Problem]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return list(parsers.get("openalex").parse(RawDigest(content, TODAY)).entries)


def test_every_field_of_a_work_is_read() -> None:
    assert read(OPENALEX) == [RECORD, Problem("item 2", "it has no title")]


@pytest.mark.parametrize(
    "document",
    [
        WORK,
        [WORK],
        json.dumps(WORK).encode() + b"\n" + json.dumps(OPENALEX["results"][1]).encode(),
        json.dumps(OPENALEX).encode("utf-16"),
    ],
)
def test_a_work_is_read_alone_in_a_list_and_in_lines(document: Any) -> None:
    assert read(document)[0] == RECORD


@pytest.mark.parametrize("name", sorted(set(WORK) - {"title", "display_name"}))
def test_any_field_may_be_null(name: str) -> None:
    [record] = read(WORK | {name: None})
    assert isinstance(record, PaperRecord)
    assert record.title == RECORD.title


@pytest.mark.parametrize("name", ["authorships", "locations", "keywords", "topics"])
def test_any_part_of_a_list_may_be_null(name: str) -> None:
    [record] = read(WORK | {name: [None, *WORK[name]]})
    assert record == RECORD


def test_concepts_stand_in_for_keywords() -> None:
    [record] = read(WORK | {"keywords": [], "topics": []})
    assert isinstance(record, PaperRecord)
    assert record.keywords == ("Computer science",)


@pytest.mark.parametrize(
    ("fields", "arxiv_id", "doi"),
    [
        ({"doi": "https://doi.org/10.48550/arxiv.2404.09999", "locations": []}, "2404.09999", ""),
        ({"doi": None}, "2404.01234", ""),
        ({"locations": [{"pdf_url": "https://arxiv.org/pdf/2404.01234v3"}]}, "2404.01234", None),
        ({"locations": [{"id": "pmh:oai:arXiv.org:2404.01234"}]}, "2404.01234", None),
        ({"locations": [{"landing_page_url": "https://doi.org/10.9/x"}], "doi": None}, "", ""),
    ],
)
def test_ids_come_from_the_doi_and_from_places_at_arxiv(
    fields: dict[str, Any], arxiv_id: str, doi: str | None
) -> None:
    [record] = read(WORK | fields)
    assert isinstance(record, PaperRecord)
    assert record.arxiv_id == arxiv_id
    assert record.doi == (RECORD.doi if doi is None else doi)


@pytest.mark.parametrize(
    "index",
    [{}, [], {"a": "b"}, {"a": [None, -1, 10**9, "x", 1.5]}, {"a": {"b": 1}}, "We light"],
)
def test_an_index_that_is_none_is_no_abstract(index: Any) -> None:
    [record] = read(WORK | {"abstract_inverted_index": index})
    assert isinstance(record, PaperRecord)
    assert record.abstract == ""


def test_a_year_alone_is_its_first_day() -> None:
    [record] = read(WORK | {"publication_date": None})
    assert isinstance(record, PaperRecord)
    assert record.published_at == datetime(2024, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"meta": {"count": 0}, "results": [], "group_by": []}, "does not name"),
        ({"results": [{"id": "https://openalex.org/A1", "display_name": "Ada"}]}, "no work"),
        ([{"title": "A title", "authorship": []}], "does not name"),
        ({"error": "Too many", "message": "https://openalex.org/rest-api"}, "failed"),
    ],
)
def test_what_holds_no_work_is_declined(document: Any, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        read(document)


@given(st.data())
def test_no_change_of_a_value_raises_anything(data: st.DataObject) -> None:
    for one in read_or_decline(changed(data, copy.deepcopy(OPENALEX))):
        assert isinstance(one, PaperRecord | Problem)


@given(st.data())
def test_no_damage_raises_anything_but_declined(data: st.DataObject) -> None:
    for one in read_or_decline(damaged(data, json.dumps(OPENALEX).encode())):
        assert isinstance(one, PaperRecord | Problem)


def read_or_decline(document: Any) -> list[PaperRecord | Problem]:
    try:
        return read(document)
    except Declined as declined:
        assert str(declined)
        return []
