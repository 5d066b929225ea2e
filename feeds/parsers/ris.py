"""RIS, as EndNote, Zotero, Mendeley, Scopus and publishers export it, and PubMed's MEDLINE.

Read here: the library for it (rispy) stops at the first broken line and counts none.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from feeds.parsers.base import Declined, parsers
from feeds.parsers.citation import ids_in, published
from feeds.parsers.decoding import decode
from feeds.parsers.entry import entry
from feeds.parsers.names import given_first
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_TAGGED = re.compile(r"([A-Z][A-Z0-9]{1,3})[ \t]{0,3}-(?:[ \t](.*)|$)")
_BEGINS = re.compile(r"^(?:TY[ \t]{0,3}-[ \t]*[A-Z]|PMID[ \t]?-[ \t]*\d)", re.MULTILINE)
_SMALL = re.compile(r"^ty[ \t]{1,3}-[ \t]", re.MULTILINE)
_ID_KIND = re.compile(r"\s*\[[a-z]+\]\s*$")  # PubMed's "10.1234/tank.8 [doi]"


class _Tags(NamedTuple):
    """Where a format keeps what, the first that says something wins."""

    title: tuple[str, ...]
    authors: tuple[str, ...]
    bodies: tuple[str, ...]
    abstract: tuple[str, ...]
    keywords: tuple[str, ...]
    ids: tuple[str, ...]
    passing: tuple[str, ...]
    date: tuple[str, ...]


_RIS = _Tags(
    title=("TI", "T1", "CT", "BT"),
    authors=("AU", "A1", "A2"),
    bodies=(),
    abstract=("AB", "N2"),
    keywords=("KW",),
    ids=("DO", "UR", "L1", "L2", "LK", "DI"),
    passing=("M1", "M3", "N1", "JO", "JF", "JA", "J2", "T2", "VL", "IS", "C7", "AN", "PB", "UR"),
    date=("DA", "Y1", "PY", "YR"),
)
_MEDLINE = _Tags(
    title=("TI", "TT", "BTI"),
    authors=("FAU", "AU"),
    bodies=("CN",),
    abstract=("AB", "OAB"),
    keywords=("OT", "MH"),
    ids=("AID", "LID"),
    passing=("SO",),
    date=("DP", "DEP"),
)


@dataclass(slots=True)
class _Record:
    line: int
    tags: _Tags
    said: dict[str, list[str]] = field(default_factory=dict)

    def first(self, tags: tuple[str, ...]) -> list[str]:
        """The values of the first of these tags that has any."""
        found = ([one for one in self.said.get(tag, []) if one.strip()] for tag in tags)
        return next(filter(None, found), [])

    def all(self, tags: tuple[str, ...]) -> list[str]:
        return [one.strip() for tag in tags for one in self.said.get(tag, [])]


class Ris:
    """References between TY and ER, or PubMed's after PMID, a field a line.

    A line without a tag goes on with the field above it: a keyword more, or text wrapped by
    hand. An ER that is missing is made up for by the next TY. Text before the first reference
    is none of them.
    """

    name = "ris"
    label = "RIS"
    order = 32

    def parse(self, digest: RawDigest) -> ParsedDigest:
        text = decode(digest.whole()).replace("\r\n", "\n").replace("\r", "\n")
        if not _BEGINS.search(text):
            if _SMALL.search(text):
                raise Declined("its tags are in small letters; RIS writes them large (TY  - JOUR)")
            raise Declined("it has no line that begins a reference (TY  - JOUR)")
        return ParsedDigest(self.name, digest.date, _entries(text.split("\n")))


def _entries(lines: list[str]) -> Iterator[PaperRecord | Problem]:
    for number, record in enumerate(_records(lines), start=1):
        yield _paper(f"entry {number}, line {record.line}", record)


def _records(lines: list[str]) -> Iterator[_Record]:
    record: _Record | None = None
    tag = ""
    for number, line in enumerate(lines, start=1):
        if _BEGINS.match(line):
            if record:
                yield record
            record = _Record(number, _RIS if line.startswith("TY") else _MEDLINE)
        found = _TAGGED.match(line)
        if record is None:
            continue
        if found and found[1] == "ER" and record.tags is _RIS:
            yield record
            record = None
        elif found and (len(found[1]) == 2 or record.tags is _MEDLINE):
            tag = found[1]
            record.said.setdefault(tag, []).append(found[2] or "")
        elif tag in record.said:
            _go_on(record, tag, line)
    if record:
        yield record


def _go_on(record: _Record, tag: str, line: str) -> None:
    values = record.said[tag]
    if tag == "KW" and line.strip():
        values.append(line)
    else:
        values.append("\n" + line)


def _paper(place: str, record: _Record) -> PaperRecord | Problem:
    tags = record.tags
    whole = {tag: _joined(values) for tag, values in record.said.items()}
    record.said = whole
    ids = [_ID_KIND.sub("", one) for one in record.all(tags.ids)]
    return entry(
        place,
        title=next(iter(record.first(tags.title)), ""),
        abstract="\n\n".join(record.first(tags.abstract)),
        authors=[*map(given_first, record.first(tags.authors)), *record.all(tags.bodies)],
        keywords=[word for one in record.first(tags.keywords) for word in one.split(";")],
        ids=[*ids, *ids_in(*record.all(tags.passing))],
        published_at=_published(record),
    )


def _joined(values: list[str]) -> list[str]:
    """The values with the lines that go on with them, put together in one pass."""
    pieces: list[list[str]] = []
    for value in values:
        if value.startswith("\n") and pieces:
            pieces[-1].append(value)
        else:
            pieces.append([value])
    return ["".join(piece) for piece in pieces]


def _published(record: _Record) -> dt.datetime | None:
    found = (published(one.strip()) for one in record.all(record.tags.date))
    return next(filter(None, found), None)


parsers.register(Ris())
