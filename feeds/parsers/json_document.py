"""A JSON document of unknown origin: one value, or JSON Lines."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from feeds.parsers.base import Declined
from feeds.parsers.decoding import decode
from feeds.parsers.literals import opened
from feeds.records import PaperRecord, Problem

# Each of them takes up to a hundred bytes of memory; a day's papers have some thousand.
MOST_VALUES = 4_000_000
_DEEPEST_WRAPPING = 4
_HEAD = 1_000  # bytes in which a document begins
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0\xc2\xa0 \t\r\n"  # marks of encodings, and white space


def document(content: bytes, marks: Iterable[str] = ()) -> Any:
    """The value of the document; of JSON Lines the list of its lines.

    A line that is no JSON stays as its text, for a Problem. Numbers beyond any count, NaN and
    infinities are None; of members with one name the last counts. Raises Declined where it is no
    JSON, nests too deeply, has too many values, or holds none of `marks` (words as they are
    written), which is told before anything is read.
    """
    if not content[:_HEAD].lstrip(_BEFORE).startswith((b"[", b"{", b'"')):
        raise Declined("it is not JSON")  # before a long document is decoded for nothing
    text = decode(content).strip().lstrip("\ufeff")
    if not text.startswith(("[", "{", '"')):
        raise Declined("it is not JSON")
    if marks and not any(mark in text for mark in marks):
        raise Declined(f"its JSON does not name {' or '.join(marks)}")
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        raise Declined(f"its JSON has more than {MOST_VALUES:,} values")
    try:
        return value(text)
    except RecursionError:
        raise Declined("its JSON is nested too deeply") from None
    except ValueError as broken:
        return _json_lines(text, broken)


def value(text: str | bytes) -> Any:
    """The value of a JSON text. Raises ValueError where it is none, or RecursionError."""
    try:
        return orjson.loads(text)
    except ValueError:  # what is not strictly JSON: NaN, half of a surrogate pair
        return json.loads(text, parse_int=_int, parse_constant=lambda _: None)


def unwrapped(value: Any, wrappings: Iterable[str], marks: frozenset[str]) -> Any:
    """What stands in the `wrappings` around `value`, down to what has one of the `marks`."""
    for _ in range(_DEEPEST_WRAPPING):
        value = opened(value)
        if not isinstance(value, dict) or marks & value.keys():
            break
        within = next((value[name] for name in wrappings if value.get(name)), None)
        if not isinstance(within, dict | list | str):
            break
        value = within
    return value


def items(value: Any) -> list[Any]:
    """The entries of an unwrapped document. Raises Declined where it says that it has none."""
    if isinstance(value, list):
        if not value:
            raise Declined("its list of papers is empty")
        return value
    if isinstance(value, dict) and value.get("error") and "title" not in value:
        raise Declined("it is the answer to a question that failed, and holds no paper")
    return [value]


def with_a_paper(entries: list[PaperRecord | Problem]) -> list[PaperRecord | Problem]:
    """The entries; raises Declined, saying why, where none of them is a record."""
    if any(isinstance(one, PaperRecord) for one in entries):
        return entries
    problems = [one for one in entries if isinstance(one, Problem)]
    if not problems:
        raise Declined("its list of papers is empty")
    first = problems[0]
    if len(entries) == 1:
        raise Declined(f"its JSON holds no paper: {first.reason}")
    raise Declined(f"none of its {len(entries)} entries is a paper ({first.place}: {first.reason})")


def listed(value: Any) -> list[Any]:
    """The list that `value` is, or that its text writes down; empty where it is none."""
    value = opened(value)
    return value if isinstance(value, list) else []


def inside(value: Any, *path: str) -> Any:
    """What `path` leads to in nested objects; None where it leads nowhere."""
    for name in path:
        value = opened(value)
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def each(values: Any, *path: str) -> list[Any]:
    """What `path` leads to in each object of a list."""
    return [inside(one, *path) for one in listed(values)]


def first_text(*values: Any) -> str:
    """The first of `values` that is a text with a letter or sign in it; "" where none is."""
    return next((one for one in values if isinstance(one, str) and one.strip()), "")


def year_day(year: Any) -> str | None:
    """The first day of a year that is all that is known, in ISO 8601."""
    told = str(year) if isinstance(year, int | str) else ""
    return f"{told}-01-01" if len(told) == 4 and told.isascii() and told.isdecimal() else None


def _int(digits: str) -> int | None:
    """Numbers beyond any count are not worth the time that they take to read."""
    return int(digits) if len(digits) < 20 else None


def _json_lines(text: str, broken: ValueError) -> list[Any]:
    rows = [row.strip() for row in text.split("\n") if not row.isspace() and row]
    read = [opened(row) for row in rows[:2]]
    if len(read) < 2 or not any(isinstance(one, dict) for one in read):
        raise Declined(f"its JSON is broken ({broken})")
    return [*read, *map(opened, rows[2:])]
