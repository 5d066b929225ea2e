r"""arXiv's plain-text mailings and listings: blocks between lines of two backslashes."""

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from feeds.parsers.base import Declined, parsers
from feeds.parsers.decoding import decode
from feeds.parsers.entry import entry
from feeds.parsers.names import people
from feeds.parsers.versions import is_withdrawal, version
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest, Version
from feeds.tex import to_text

_MARK = "\\\\"
_NAMED = re.compile(r"(?:arXiv|Paper)(?: \([^)]*\))?: ?(?P<id>\S+)", re.IGNORECASE)
_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]*)(?: \([^)]*\))?:(?:\s+(?P<value>.*))?")
_RULE = re.compile(r"[-%]{20,}$|(?:%+-+)+%*$")
_DATE_HEADER = re.compile(r"^Date:\s*(.+)$", re.MULTILINE)
_DAY_BLOCK = re.compile(r"^/\*\s*(.+?)\s*\*/", re.MULTILINE)
_SIZE = re.compile(r"\s*\([^()]*\)\s*$")
_REVISED = re.compile(r"Date \(revised v(?P<number>[1-9]\d{0,2})\): *(?P<when>.+)")


class ArxivMailing:
    r"""Mails and listings of arXiv, old and new: new papers, cross-listings and replacements.

    A paper's block begins after a line `\\` with `arXiv:` or `Paper:` and its id; fields follow,
    hard-wrapped by two spaces, and after the next `\\` the abstract, where there is one. The
    edition's day is that of the mail, or else the newest day that the listing names.
    """

    name = "arxiv_mailing"
    label = "arXiv mailing (plain text)"
    order = 30

    def parse(self, digest: RawDigest) -> ParsedDigest:
        lines = decode(digest.whole()).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        starts = [place for place in range(1, len(lines)) if _begins(lines, place)]
        if not starts:
            raise Declined(r"it has no block that starts with \\ and an arXiv id")
        day = digest.date or _day("\n".join(lines))
        return ParsedDigest(self.name, day, _entries(lines, starts))


def _begins(lines: list[str], place: int) -> bool:
    return lines[place - 1].startswith(_MARK) and _NAMED.match(lines[place]) is not None


def _day(text: str) -> dt.date | None:
    head = text[: text.find(_MARK)]
    for found in (_DATE_HEADER.search(head), _DAY_BLOCK.search(text)):
        if found and (when := _when(found[1])):
            return when.date()
    dates = (_when(one) for one in _DATE_HEADER.findall(text))
    return max((when.date() for when in dates if when), default=None)


def _when(text: str) -> dt.datetime | None:
    """The moment of "Fri, 10 Mar 2023 16:40:59 GMT (876kb,D)", or of "Fri, 3 Mar 2023"."""
    plain = _SIZE.sub("", text)
    for form in (plain, f"{plain} 00:00:00 GMT"):
        try:
            when = parsedate_to_datetime(form)
            return when.astimezone(dt.UTC) if when.tzinfo else when.replace(tzinfo=dt.UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _entries(lines: list[str], starts: list[int]) -> Iterator[PaperRecord | Problem]:
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        yield _paper(f"entry {number}, line {start + 1}", lines[start:end])


def _paper(place: str, lines: list[str]) -> PaperRecord | Problem:
    named = _NAMED.match(lines[0])
    close = next((row for row, line in enumerate(lines) if line.startswith(_MARK)), len(lines))
    fields = _fields(lines[1:close])
    abstract = _abstract(lines[close:])
    return entry(
        place,
        title=fields.get("title", ""),
        abstract="" if is_withdrawal(abstract) else abstract,
        authors=[_name(name) for name in people(fields.get("authors", ""))],
        categories=fields.get("categories", "").split(),
        ids=[named["id"] if named else "", *fields.get("doi", "").split()],
        published_at=_when(fields.get("date", "")),
        versions=_versions(lines[1:close], fields, abstract),
    )


def _versions(lines: list[str], fields: dict[str, str], abstract: str) -> Iterator[Version]:
    """The first version and those of lines "Date (revised v2): …"; a withdrawal is the last's."""
    dates = {int(found["number"]): found["when"] for found in map(_REVISED.match, lines) if found}
    notes = (abstract, fields.get("comments", ""))
    gone = next(filter(is_withdrawal, notes), "")
    last = max(dates, default=0)
    if dates:
        dates[1] = fields.get("date", "")
    for number, when in sorted(dates.items()):
        yield version(number, _when(when), gone if number == last else "")
    if gone and not dates:
        yield version(0, None, gone)


def _fields(lines: list[str]) -> dict[str, str]:
    """The fields by their names in small letters, unwrapped; of several alike the first."""
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if line.startswith(" ") and name:
            fields[name] += f" {line.strip()}"
        elif found := _FIELD.match(line):
            name = found["name"].lower()
            if name in fields:
                name = f"{name} again"
            fields[name] = found["value"] or ""
        else:
            name = ""
    return fields


def _abstract(lines: list[str]) -> str:
    """What stands between the closing line of the fields and the next mark or rule.

    A line that is set in, after the first, begins a paragraph.
    """
    if not lines or lines[0].strip() != _MARK:
        return ""
    told: list[str] = []
    for line in lines[1:]:
        if line.startswith(_MARK) or _RULE.match(line.strip()):
            break
        told.append(f"\n{line}" if line.startswith("  ") and told else line)
    return "\n".join(told)


def _name(name: str) -> str:
    return to_text(name.removeprefix("by "))


parsers.register(ArxivMailing())
