"""arXiv's metadata with a JSON object a line, as its public dumps and exports of listings are."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from feeds.dates import MONTHS, moment
from feeds.identify import arxiv_id
from feeds.parsers.base import Declined, parsers
from feeds.parsers.decoding import decode
from feeds.parsers.entry import entry
from feeds.parsers.json_document import document, items, unwrapped, value, with_a_paper
from feeds.parsers.names import people
from feeds.parsers.versions import named_version, version
from feeds.records import Content, PaperRecord, ParsedDigest, Problem, RawDigest, Version
from feeds.tex import to_text

LONGEST_LINE = 4_000_000
_CHUNK = 1 << 18
_HEAD, _HEAD_LINES = 8_000_000, 50  # bytes and lines in which a dump shows that it is one
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of encodings, and white space
_AROUND = b" \t\r\n,[]"  # what may stand around the object of a line
_IDS = ("id", "arxiv_id", "arxivId", "arxiv", "paper_id")
_WRAPPINGS = ("papers", "data", "results", "items")
_PAPER = frozenset({"title", "abstract"})
_MONTHS = {name.title(): number for number, name in enumerate(MONTHS, start=1)}
_NEEDS_READING = re.compile(r"[(;&\\{}]| and |\bet al\b")


class ArxivJsonl:
    """Papers with an arXiv id, a title and an abstract: a line each, in a list, or a single one.

    Lines are read as a stream, so that a dump of gigabytes needs no memory; commas at their ends
    and the brackets of a list around them do no harm.
    """

    name = "arxiv_jsonl"
    label = "arXiv metadata (JSON lines)"
    order = 6

    def parse(self, digest: RawDigest) -> ParsedDigest:
        if not digest.content[:1000].lstrip(_BEFORE).startswith((b"{", b"[")):
            raise Declined("it is not JSON")
        if any(map(_is_paper, _head(digest.content))):
            return ParsedDigest(self.name, digest.date, _entries(digest.content))
        found = items(unwrapped(document(digest.whole(), ('"abstract"',)), _WRAPPINGS, _PAPER))
        if not any(map(_is_paper, found)):
            raise Declined("its JSON holds no paper with an arXiv id and an abstract")
        entries = with_a_paper([_paper(f"item {n}", one) for n, one in enumerate(found, start=1)])
        return ParsedDigest(self.name, digest.date, entries)


def _is_paper(item: Any) -> bool:
    return isinstance(item, dict) and item.keys() >= _PAPER and any(map(arxiv_id, _names(item)))


def _names(item: dict[str, Any]) -> list[str]:
    return [one for one in map(item.get, _IDS) if isinstance(one, str)]


def _head(content: Content) -> Iterator[Any]:
    for number, line in _lines(content[:_HEAD]):
        if number > _HEAD_LINES:
            return
        yield _opened(line or b"")


def _entries(content: Content) -> Iterator[PaperRecord | Problem]:
    for number, line in _lines(content):
        if line is None:
            yield Problem(f"line {number}", f"it is longer than {LONGEST_LINE:,} bytes")
        elif bare := line.strip(_AROUND):
            yield _paper(f"line {number}", _opened(bare))


def _lines(content: Content) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers; None for one that is too long."""
    number, rest, whole = 0, b"", True
    for start in range(0, len(content), _CHUNK):
        *lines, rest = (rest + content[start : start + _CHUNK]).split(b"\n")
        for line in lines:
            number += 1
            yield number, line if whole else None
            whole = True
        if len(rest) > LONGEST_LINE:
            rest, whole = b"", False
    if rest or not whole:
        yield number + 1, rest if whole else None


def _opened(line: bytes) -> Any:
    """What the line writes down; None where it is no JSON."""
    line = line.strip(_AROUND)
    for read in (bytes, decode):
        try:
            return value(read(line))
        except (ValueError, RecursionError, Declined):
            continue
    return None


def _paper(place: str, item: Any) -> PaperRecord | Problem:
    if not isinstance(item, dict):
        return Problem(place, "it is no JSON object")
    versions = _versions(item)
    return entry(
        place,
        title=item.get("title"),
        abstract=item.get("abstract"),
        authors=_authors(item),
        categories=_categories(item.get("categories")),
        ids=[*_names(item), item.get("doi")],
        published_at=(versions and versions[0].submitted_at) or item.get("published"),
        listed_at=item.get("listed_on"),
        versions=versions,
    )


def _authors(item: dict[str, Any]) -> list[Any]:
    """Their names given name first; TeX in them is read."""
    parsed = item.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        return [_full_name(one) for one in parsed]
    told = item.get("authors")
    if isinstance(told, list):
        return [one.get("name") if isinstance(one, dict) else one for one in told]
    if not isinstance(told, str):
        return []
    named = people(told) if _NEEDS_READING.search(told) else told.split(", ")
    return [to_text(name) if "\\" in name or "{" in name else name for name in named]


def _full_name(parts: Any) -> str:
    """Of ["Liu", "Zhuang", "Jr"]: family name, given names, suffix, and affiliations perhaps."""
    if isinstance(parts, str):
        return parts
    try:
        family, given, suffix = parts[:3] if len(parts) > 2 else [*parts, "", ""][:3]
        return " ".join([given, family, suffix])
    except (TypeError, ValueError):
        return ""


def _categories(told: Any) -> list[str]:
    listed = told if isinstance(told, list) else [told]
    return [one for some in listed if isinstance(some, str) for one in some[:2_000].split()]


def _versions(item: dict[str, Any]) -> list[Version]:
    """The versions in order; the comments are the last one's."""
    told = item.get("versions")
    note = item.get("comments")
    note = note if isinstance(note, str) else ""
    dates = [_sent(one) for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    if not dates:
        return list(named_version([], note=note))
    read = [Version(number, when) for number, when in enumerate(dates[:-1], start=1)]
    return [*read, version(len(dates), dates[-1], note)]


def _sent(told: dict[str, Any]) -> dt.datetime | None:
    """When a version came, by its "Mon, 2 Apr 2007 19:18:42 GMT"."""
    created: Any = told.get("created")
    try:
        _, day, month, year, clock, _ = created.split(" ")
        hour, minute, second = clock.split(":")
        return dt.datetime(
            int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=dt.UTC
        )
    except (AttributeError, ValueError, KeyError, OverflowError):  # it is another text, or none
        return moment(created) if isinstance(created, str) else None


parsers.register(ArxivJsonl())
