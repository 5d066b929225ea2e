"""What each parser owes for any bytes: no exception, and entries that are whole, bounded, clean."""

import dataclasses
import datetime as dt
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from feeds.identify import arxiv_id, doi, title_key
from feeds.packing import TooLarge, unpack
from feeds.parsers.base import Declined, Parser, UnknownFormat, parse, parsers
from feeds.parsers.entry import (
    LARGEST_COUNT,
    LONGEST_ABSTRACT,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_URL,
    MOST_AUTHORS,
    MOST_KEYWORDS,
)
from feeds.prepare import prepare
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest, TooLong
from feeds.taggers.base import tags_of
from feeds.tex.clean import UNWANTED

TODAY = dt.date(2026, 11, 24)
# What `unpack` is given in a drill: what is kept of a real document may be longer.
LARGEST = 64 << 20
LONGEST_REASON = 2_000
_READ_ON = 5  # records of a document whose words are prepared and tagged, as ingest does
_LONGEST = {
    "title": LONGEST_TITLE,
    "abstract": LONGEST_ABSTRACT + LONGEST_ABSTRACT // 10,  # blank lines between paragraphs
    "summary": 200_000,
    "organization": LONGEST_NAME,
    "code_url": LONGEST_URL,
    "project_url": LONGEST_URL,
    "thumbnail_url": LONGEST_URL,
    "doi": 255,
    "arxiv_id": 20,
}
_MOST = {"authors": MOST_AUTHORS, "keywords": MOST_KEYWORDS, "categories": MOST_KEYWORDS}


@dataclass(frozen=True, slots=True)
class Step:
    """One call on one document: its seconds of processor time, and what is wrong, if anything."""

    name: str
    seconds: float
    wrong: str = ""
    entries: int = 0


def steps(content: bytes, begin: Callable[[int], None]) -> Iterator[Step]:
    """Unpacks the document and asks every parser, alone and together.

    `begin` is told the number of each step before it.
    """
    plain: list[bytes] = []
    begin(0)
    yield _step("unpack", lambda: _unpacked(content, plain))
    if not plain:
        return
    for number, parser in enumerate(parsers.all(), start=1):
        begin(number)
        yield _step(parser.name, lambda parser=parser: _alone(parser, plain[0]))  # type: ignore[misc]
    begin(number + 1)
    yield _step("parse()", lambda: _together(plain[0]))


def step_names() -> list[str]:
    return ["unpack", *parsers.names(), "parse()"]


def _step(name: str, call: Callable[[], tuple[int, str]]) -> Step:
    start = time.process_time()
    entries = 0
    try:
        entries, wrong = call()
    except Exception as error:  # noqa: BLE001 - to see whether there is any is what this is for
        wrong = _told(error)
    return Step(name, time.process_time() - start, wrong, entries)


def _told(error: Exception) -> str:
    """The exception in a line: what it is, and the places of the code from which it came."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__}: {str(error)[:200]} ({places})"


def _unpacked(content: bytes, plain: list[bytes]) -> tuple[int, str]:
    try:
        plain.append(unpack(content, LARGEST))
    except TooLarge as reason:
        return 0, _of_text("the reason", str(reason), LONGEST_REASON)
    return 0, ""


def _alone(parser: Parser, content: bytes) -> tuple[int, str]:
    try:
        parsed = parser.parse(RawDigest(content, TODAY))
    except (Declined, TooLong) as reason:
        return 0, _of_text("the reason", str(reason), LONGEST_REASON)
    return _read(parsed, parser.name)


def _together(content: bytes) -> tuple[int, str]:
    try:
        parsed = parse(RawDigest(content, TODAY))
    except UnknownFormat as unknown:
        return 0, _of_text("the reason", str(unknown), LONGEST_REASON * len(unknown.tried))
    return _read(parsed, parsed.parser, on=_READ_ON)


def _read(parsed: ParsedDigest, name: str, on: int = 0) -> tuple[int, str]:
    """How many entries there are, and what is first wrong with one; `on` are read further."""
    wrong = _of_digest(parsed, name)
    count = 0
    records: list[PaperRecord] = []
    for entry in parsed.entries:
        count += 1
        if not wrong and (reason := faults(entry)):
            wrong = f"entry {count}: {reason}"
        if isinstance(entry, PaperRecord) and len(records) < on:
            records.append(entry)
    for record in islice(records, on):
        prepare(record.title, record.abstract)
        title_key(record.title)
        tags_of(record)
    return count, wrong


def _of_digest(parsed: ParsedDigest, name: str) -> str:
    if parsed.parser != name:
        return f"it calls itself {parsed.parser!r}"
    if parsed.date is not None and type(parsed.date) is not dt.date:
        return f"its day is {parsed.date!r}"
    return _of_text("the byline", parsed.byline, 10_000, empty=True)


def faults(entry: Any) -> str:
    """What is wrong with an entry that a parser gave; "" where nothing is."""
    if isinstance(entry, Problem):
        return _of_text("the place", entry.place, 200) or _of_text(
            "the reason", entry.reason, LONGEST_REASON
        )
    if not isinstance(entry, PaperRecord):
        return f"it is a {type(entry).__name__}"
    if not entry.title:
        return "it has no title"
    found = (
        _of_field(field.name, getattr(entry, field.name)) for field in dataclasses.fields(entry)
    )
    return next(filter(None, found), "") or _of_ids(entry)


def _of_field(name: str, value: Any) -> str:
    if isinstance(value, str):
        return _of_text(name, value, _LONGEST[name], empty=True)
    if isinstance(value, dt.datetime):
        return "" if value.utcoffset() == dt.timedelta(0) else f"{name} is not in UTC: {value!r}"
    if isinstance(value, int):
        return "" if 0 <= value <= LARGEST_COUNT else f"{name} is {value}"
    if name == "versions":
        return next(filter(None, map(_of_version, value)), "")
    if isinstance(value, tuple):
        if len(value) > _MOST[name]:
            return f"{name} are {len(value)}"
        return next(filter(None, (_of_text(name, one, LONGEST_NAME) for one in value)), "")
    return "" if value is None else f"{name} is {value!r}"


def _of_version(version: Any) -> str:
    if not 0 <= version.number <= 32_767:
        return f"a version's number is {version.number}"
    if version.submitted_at is not None:
        return _of_field("a version's moment", version.submitted_at)
    return _of_text("a version's note", version.note, 10_000, empty=True)


def _of_ids(record: PaperRecord) -> str:
    if record.arxiv_id and arxiv_id(record.arxiv_id) != record.arxiv_id:
        return f"{record.arxiv_id!r} is no arXiv id"
    if record.doi and doi(record.doi) != record.doi:
        return f"{record.doi!r} is no DOI"
    return ""


def _of_text(name: str, value: Any, longest: int, *, empty: bool = False) -> str:
    if not isinstance(value, str):
        return f"{name} is a {type(value).__name__}"
    if not (value or empty):
        return f"{name} is empty"
    if len(value) > longest:
        return f"{name} has {len(value):,} characters"
    unwanted = UNWANTED.search(value)
    return f"{name} holds {unwanted[0]!r}" if unwanted else ""
