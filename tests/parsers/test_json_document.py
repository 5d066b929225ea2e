"""JSON of unknown origin does no harm."""

from typing import Any

import pytest

from feeds.parsers.base import Declined
from feeds.parsers.json_document import MOST_VALUES, document, inside, year_day


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": NaN, "b": -Infinity}', {"a": None, "b": None}),
        (b'{"a": NaN, "b": 123456789012345678901234567890}', {"a": None, "b": None}),
        (b'["\\ud800"]', ["\ud800"]),
        (b'\xef\xbb\xbf ["a"]', ["a"]),
        ('["é"]'.encode("cp1252"), ["é"]),
        (b'{"a": 1}\n\n{"b": "\xe2\x80\xa8"}\nbroken', [{"a": 1}, {"b": "\u2028"}, "broken"]),
    ],
)
def test_odd_documents_are_read(content: bytes, value: Any) -> None:
    assert document(content) == value


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"<a/>", "not JSON"),
        (b"{" + b"\0\1\2" * 99, "binary"),
        (b"[" * 100_000, "deeply|broken"),
        (b'{"a":' * 100_000, "deeply|broken"),
        (b"[" * 2_000 + b"]" * 2_000, "deeply"),
        (b"[1" + b",1" * MOST_VALUES + b"]", "more than 4,000,000 values"),
        (b"[1.5" + b"5" * 1_000_000, "broken"),
        (b'{"a": 1', "broken"),
    ],
)
def test_what_is_not_read_is_declined_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        document(content)


def test_words_that_are_missing_are_told_before_anything_is_read() -> None:
    with pytest.raises(Declined, match='does not name "paperId" or "corpusid"'):
        document(b'{"a": broken', ('"paperId"', '"corpusid"'))


def test_a_path_that_leads_nowhere_leads_to_none() -> None:
    assert inside({"a": {"b": 1}}, "a", "b") == 1
    assert inside({"a": "{'b': 1}"}, "a", "b") == 1
    assert inside({"a": [1]}, "a", "b") is None
    assert inside(None, "a") is None


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, "2024-01-01"), ("2024", "2024-01-01"), (True, None), (99, None), (10**9, None)],
)
def test_a_year_is_its_first_day(year: Any, day: str | None) -> None:
    assert year_day(year) == day
