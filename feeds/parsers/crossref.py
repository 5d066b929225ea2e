"""Crossref's deposits: articles, papers and books with their DOIs, in XML (unixref)."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from feeds.parsers.base import Declined, parsers
from feeds.parsers.entry import entry, line
from feeds.parsers.markup import Broken, children, elements, local, root, said
from feeds.records import Content, PaperRecord, ParsedDigest, Problem, RawDigest

_HEAD = 20_000  # bytes in which a document shows that it holds Crossref's records
_ROOTS = frozenset({"doi_records", "doi_record", "record", "records", "crossref_result", "OAI-PMH"})
# What a record is about, the most particular first: an article before its journal.
_WORKS = (
    "journal_article", "conference_paper", "content_item", "posted_content", "dissertation",
    "report-paper_metadata", "report_paper_metadata", "standard_metadata", "dataset", "component",
    "book_metadata", "book_series_metadata", "book_set_metadata",
)  # fmt: skip
_HEADING = re.compile(r"^\W*Abstract\b\W*", re.IGNORECASE)
_BLOCK = re.compile(r"title|sec|p$")


class Crossref:
    """The XML that Crossref answers for a DOI, and its records as harvested by OAI-PMH.

    A record of a journal or an issue alone, without a work, is a Problem.
    """

    name = "crossref"
    label = "Crossref records (XML)"
    order = 22

    def parse(self, digest: RawDigest) -> ParsedDigest:
        if local(root(digest.content)) not in _ROOTS:
            raise Declined("it holds no DOI records")
        if b"<crossref" not in digest.content[:_HEAD]:
            raise Declined("its records are not Crossref's")
        return ParsedDigest(self.name, digest.date, _entries(digest.content))


def _entries(content: Content) -> Iterator[PaperRecord | Problem]:
    number = 0
    try:
        for line, element in elements(content, frozenset({"record", "doi_record", "error"})):
            number += 1
            yield _record(f"record {number}, line {line}", element)
    except Broken as broken:
        yield Problem(f"after record {number}", str(broken))


def _record(place: str, element: Element) -> PaperRecord | Problem:
    by_name: dict[str, Element] = {}
    for inner in element.iter():
        by_name.setdefault(local(inner.tag), inner)
    if "crossref" not in by_name:
        return Problem(place, f"it is no work: {line(said(element))}"[:300])
    work = next((by_name[name] for name in _WORKS if name in by_name), None)
    if work is None:
        return Problem(place, "it tells of no article, paper or book")
    return entry(
        place,
        title=_title(work),
        abstract=_abstract(work),
        authors=[_full_name(person) for person in _people(work)],
        ids=[f"doi:{said(work, 'doi_data', 'doi').strip()}"],
        published_at=_day(work),
    )


def _title(work: Element) -> str:
    title = said(work, "titles", "title")
    subtitle = said(work, "titles", "subtitle").strip()
    return f"{title.strip()}: {subtitle}" if subtitle else title


def _abstract(work: Element) -> str:
    told = [" ".join(_words(one)) for one in children(work, "abstract")]
    return _HEADING.sub("", max(told, key=len, default=""))


def _words(element: Element) -> Iterator[str]:
    """The text of JATS markup, blocks parted by blank lines, without the word "Abstract"."""
    for inner in element.iter():
        block = bool(_BLOCK.match(local(inner.tag)))
        if inner.text and not (local(inner.tag) == "title" and "abstract" in inner.text.lower()):
            yield f"\n\n{inner.text.strip()}" if block else inner.text.strip()
        if inner.tail and inner is not element:
            yield inner.tail.strip()


def _people(work: Element) -> list[Element]:
    named = [
        person
        for group in children(work, "contributors")
        for person in group
        if local(person.tag) in ("person_name", "organization")
    ]
    authors = [person for person in named if person.get("contributor_role") == "author"]
    return authors or named


def _full_name(person: Element) -> str:
    if local(person.tag) == "organization":
        return said(person)
    parts = (said(person, name).strip() for name in ("given_name", "surname", "suffix"))
    return " ".join(part for part in parts if part)


def _day(work: Element) -> str | None:
    """The earliest publication date; a missing month or day is the first."""
    dates = [*children(work, "publication_date"), *children(work, "posted_date")]
    days = []
    for date in dates:
        year, month, day = (said(date, part).strip() for part in ("year", "month", "day"))
        if len(year) == 4 and year.isdecimal():
            month = month if month.isdecimal() and 1 <= int(month) <= 12 else "1"
            days.append(f"{year}-{int(month):02}-{int(day) if day.isdecimal() else 1:02}")
    return min(days, default=None)


parsers.register(Crossref())
