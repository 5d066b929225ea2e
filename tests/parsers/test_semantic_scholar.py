"""Papers of Semantic Scholar, in each shape that it answers with."""

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parsers
from feeds.records import PaperRecord, Problem, RawDigest
from tests.parsers.samples import SEMANTIC_SCHOLAR
from tests.parsers.wild_json import changed, damaged

TODAY = date(2026, 4, 25)
PAPER: dict[str, Any] = SEMANTIC_SCHOLAR["data"][0]
LINE: dict[str, Any] = {
    "corpusid": 77,
    "externalids": {"ArXiv": "2404.01234", "DOI": "10.1234/Lamp.7", "MAG": None},
    "title": "Lamps in the long run",
    "authors": [{"authorId": "1", "name": "Ada Author"}],
    "year": 2024,
    "citationcount": 12,
    "s2fieldsofstudy": [{"category": "Physics", "source": "external"}],
    "publicationdate": None,
}
RECORD = PaperRecord(
    title="Lamps in the long run",
    abstract="We light lamps.",
    summary="Lamps burn long.",
    authors=("Ada Author", "B"),
    arxiv_id="2404.01234",
    doi="10.1234/lamp.7",
    published_at=datetime(2024, 4, 3, tzinfo=UTC),
    keywords=("Computer Science", "Physics"),
)


def read(document: Any) -> list[PaperRecord | Problem]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return list(parsers.get("semantic_scholar").parse(RawDigest(content, TODAY)).entries)


def test_every_field_of_a_search_is_read() -> None:
    assert read(SEMANTIC_SCHOLAR) == [
        RECORD,
        Problem("item 2", "Semantic Scholar does not know it"),
    ]


@pytest.mark.parametrize(
    "document",
    [
        PAPER,
        [PAPER, None],
        {"total": 1, "token": "abc", "data": [PAPER]},
        {"recommendedPapers": [PAPER]},
        {"offset": 0, "data": [{"citingPaper": PAPER, "isInfluential": False}]},
        {"data": [{"contexts": [], "citedPaper": PAPER}]},
    ],
)
def test_each_shape_of_an_answer_is_read(document: Any) -> None:
    assert read(document)[0] == RECORD


def test_a_dataset_is_read_line_by_line() -> None:
    [record, problem] = read(json.dumps(LINE).encode() + b"\n{broken\n")
    assert isinstance(record, PaperRecord)
    assert (record.arxiv_id, record.doi) == ("2404.01234", "10.1234/lamp.7")
    assert record.keywords == ("Physics",)
    assert record.published_at == datetime(2024, 1, 1, tzinfo=UTC)
    assert problem == Problem("item 2", "it is no paper of Semantic Scholar")


def test_citations_are_no_votes() -> None:
    [record] = read(PAPER)
    assert isinstance(record, PaperRecord)
    assert record.votes is None


@pytest.mark.parametrize("name", sorted(set(PAPER) - {"title"}))
def test_any_field_may_be_null(name: str) -> None:
    [record] = read(PAPER | {name: None})
    assert isinstance(record, PaperRecord)
    assert record.title == RECORD.title


def test_a_file_at_arxiv_names_the_paper() -> None:
    [record] = read(PAPER | {"externalIds": None})
    assert isinstance(record, PaperRecord)
    assert (record.arxiv_id, record.doi) == ("2404.01234", "")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"total": 0, "offset": 0, "data": []}, "does not name"),
        ({"error": "Paper with id paperId not found"}, "does not name|failed"),
        ({"data": [{"authorId": "1", "papers": [{"x": "paperId"}]}]}, "does not name|no paper"),
        ([{"paperId": "a", "title": None}], "no paper: it has no title"),
    ],
)
def test_what_holds_no_paper_is_declined(document: Any, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        read(document)


def read_or_decline(document: Any) -> list[PaperRecord | Problem]:
    try:
        return read(document)
    except Declined as declined:
        assert str(declined)
        return []


@given(st.data())
def test_no_change_of_a_value_raises_anything(data: st.DataObject) -> None:
    for one in read_or_decline(changed(data, copy.deepcopy(SEMANTIC_SCHOLAR))):
        assert isinstance(one, PaperRecord | Problem)


@given(st.data())
def test_no_damage_raises_anything_but_declined(data: st.DataObject) -> None:
    for one in read_or_decline(damaged(data, json.dumps(SEMANTIC_SCHOLAR).encode())):
        assert isinstance(one, PaperRecord | Problem)
