"""JSON Feed, versions 1 and 1.1."""

import copy
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parsers
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest
from tests.parsers.samples import JSON_FEED
from tests.parsers.wild_json import changed, damaged

TODAY = date(2026, 4, 25)
ITEM: dict[str, Any] = JSON_FEED["items"][0]


def read(document: Any) -> ParsedDigest:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return parsers.get("json_feed").parse(RawDigest(content, TODAY))


def item(**fields: Any) -> PaperRecord:
    [record] = read(JSON_FEED | {"items": [ITEM | fields]}).entries
    assert isinstance(record, PaperRecord)
    return record


def test_every_field_of_an_item_is_read() -> None:
    digest = read(JSON_FEED)
    assert digest.date == date(2024, 4, 3)
    assert list(digest.entries) == [
        PaperRecord(
            title="Lamps in the long run",
            abstract="We light lamps & look.",
            summary="Lamps burn long.",
            authors=("Ada Author", "Ben Writer"),
            arxiv_id="2404.01234",
            listed_at=datetime(2024, 4, 3, 8, tzinfo=UTC),
            keywords=("lamps",),
            categories=("cs.LG",),
            code_url="https://github.com/example/lamps",
        ),
        Problem("item 2", "it has no title"),
    ]


def test_the_author_of_version_1_is_read() -> None:
    feed = JSON_FEED | {"version": "https://jsonfeed.org/version/1"}
    [record] = read(feed | {"items": [ITEM | {"authors": None, "author": {"name": "A B"}}]}).entries
    assert isinstance(record, PaperRecord)
    assert record.authors == ("A B",)


def test_plain_text_is_the_abstract_where_there_is_no_html() -> None:
    record = item(content_html=None, content_text="We light\nlamps.", summary=None)
    assert record.abstract == "We light lamps."


def test_an_item_that_names_no_work_keeps_its_page() -> None:
    record = item(external_url=None, content_html="A post.")
    assert (record.arxiv_id, record.project_url) == ("", "https://example.org/posts/1")


@pytest.mark.parametrize("name", sorted(set(ITEM) - {"title"}))
def test_any_field_may_be_null(name: str) -> None:
    assert item(**{name: None}).title == "Lamps in the long run"


def test_a_feed_that_an_export_wrote_as_text_is_read() -> None:
    assert read(json.dumps(JSON_FEED)) == read(JSON_FEED)


def test_a_feed_without_items_holds_none() -> None:
    assert list(read(JSON_FEED | {"items": []}).entries) == []


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"version": "https://example.org", "items": []}, "does not name"),
        ({"see": "https://jsonfeed.org/version/1.1", "version": 1}, "no JSON Feed"),
        ([JSON_FEED], "no JSON Feed"),
        (JSON_FEED | {"items": [{"id": "1"}]}, "no paper"),
    ],
)
def test_what_is_no_json_feed_is_declined(document: Any, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        read(document)


def test_the_parser_of_daily_papers_declines_it() -> None:
    with pytest.raises(Declined, match="JSON Feed"):
        parsers.get("hf_json").parse(RawDigest(json.dumps(JSON_FEED).encode(), TODAY))


def read_or_decline(document: Any) -> list[PaperRecord | Problem]:
    try:
        return list(read(document).entries)
    except Declined as declined:
        assert str(declined)
        return []


@given(st.data())
def test_no_change_of_a_value_raises_anything(data: st.DataObject) -> None:
    for one in read_or_decline(changed(data, copy.deepcopy(JSON_FEED))):
        assert isinstance(one, PaperRecord | Problem)


@given(st.data())
def test_no_damage_raises_anything_but_declined(data: st.DataObject) -> None:
    for one in read_or_decline(damaged(data, json.dumps(JSON_FEED).encode())):
        assert isinstance(one, PaperRecord | Problem)
