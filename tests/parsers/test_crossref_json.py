"""Works of Crossref's REST API, and citations in CSL JSON."""

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parsers
from feeds.records import PaperRecord, Problem, RawDigest
from tests.parsers.samples import CROSSREF_JSON
from tests.parsers.wild_json import changed, damaged

TODAY = date(2026, 4, 25)
WORK: dict[str, Any] = CROSSREF_JSON["message"]["items"][0]
CITATION: dict[str, Any] = {
    "id": "author2024",
    "type": "article-journal",
    "title": "Lamps of light",
    "author": [{"given": "Ada", "family": "Author"}, {"literal": "The Lamp Group"}],
    "issued": {"date-parts": [["2024", 4, "3"]]},
    "abstract": "We light lamps.",
    "keyword": "lamps, light",
    "number": "arXiv:2404.01234",
    "DOI": "10.1234/lamp.7",
}
RECORD = PaperRecord(
    title="Lamps of light: A survey",
    abstract="We light lamps of 10$^{5}$ W.\n\nAnd look.",
    authors=("Ada Author Jr", "The Lamp Group"),
    arxiv_id="2404.01234",
    doi="10.1234/lamp.7",
    published_at=datetime(2024, 4, 3, tzinfo=UTC),
    keywords=("Lighting",),
)


def read(document: Any) -> list[PaperRecord | Problem]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return list(parsers.get("crossref_json").parse(RawDigest(content, TODAY)).entries)


def test_every_field_of_a_work_is_read() -> None:
    assert read(CROSSREF_JSON) == [RECORD, Problem("item 2", "it has no title")]


@pytest.mark.parametrize(
    "document",
    [
        {"status": "ok", "message-type": "work", "message": WORK},
        {"message": {"items": [WORK]}},
        WORK,
        [WORK],
    ],
)
def test_a_work_is_read_in_and_out_of_its_envelope(document: Any) -> None:
    assert read(document) == [RECORD]


def test_a_citation_is_read() -> None:
    [record] = read([CITATION])
    assert record == PaperRecord(
        title="Lamps of light",
        abstract="We light lamps.",
        authors=("Ada Author", "The Lamp Group"),
        arxiv_id="2404.01234",
        doi="10.1234/lamp.7",
        published_at=datetime(2024, 4, 3, tzinfo=UTC),
        keywords=("lamps", "light"),
    )


@pytest.mark.parametrize("name", sorted(set(WORK) - {"title"}))
def test_any_field_may_be_null(name: str) -> None:
    [record] = read([WORK | {name: None}])
    assert isinstance(record, PaperRecord)
    assert record.title.startswith("Lamps of light")


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        ([[2021, 5, 17]], datetime(2021, 5, 17, tzinfo=UTC)),
        ([[2021, 5]], datetime(2021, 5, 1, tzinfo=UTC)),
        ([["2021"]], datetime(2021, 1, 1, tzinfo=UTC)),
        ([[2021, 13, 40]], datetime(2021, 1, 1, tzinfo=UTC)),
        ([[None]], None),
        ([None], None),
        ([], None),
        ("2021", None),
        ([[10**30]], None),
    ],
)
def test_a_date_is_read_as_far_as_it_goes(parts: Any, day: datetime | None) -> None:
    [record] = read([{"DOI": "10.1234/x", "title": ["A"], "issued": {"date-parts": parts}}])
    assert isinstance(record, PaperRecord)
    assert record.published_at == day


def test_a_preprint_at_arxiv_is_known_by_its_id() -> None:
    preprint = {
        "DOI": "10.48550/arXiv.2404.01234",
        "type": "posted-content",
        "title": ["Lamps"],
        "posted": {"date-parts": [[2024, 4, 2]]},
    }
    [record] = read(preprint)
    assert isinstance(record, PaperRecord)
    assert (record.arxiv_id, record.doi) == ("2404.01234", "")
    assert record.published_at == datetime(2024, 4, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"status": "ok", "message-type": "work-list", "message": {"items": []}}, "no work"),
        ({"status": "failed", "message-type": "validation-failure", "message": []}, "failed"),
        ({"message-type": "member", "message": {"id": 1, "primary-name": "A"}}, "no work"),
        ([{"title": "A", "note": "no date, no DOI"}], "does not name"),
    ],
)
def test_what_holds_no_work_is_declined(document: Any, reason: str) -> None:
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
    for one in read_or_decline(changed(data, copy.deepcopy(CROSSREF_JSON))):
        assert isinstance(one, PaperRecord | Problem)


@given(st.data())
def test_no_damage_raises_anything_but_declined(data: st.DataObject) -> None:
    for one in read_or_decline(damaged(data, json.dumps(CROSSREF_JSON).encode())):
        assert isinstance(one, PaperRecord | Problem)
