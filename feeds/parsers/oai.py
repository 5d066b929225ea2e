"""OAI-PMH: records in arXiv's own formats (arXiv, arXivRaw) and in Dublin Core (oai_dc)."""

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from feeds.dates import moment
from feeds.parsers.base import Declined, parsers
from feeds.parsers.entry import entry, line
from feeds.parsers.markup import Broken, children, elements, local, root, said
from feeds.parsers.names import given_first, people
from feeds.parsers.versions import named_version, version
from feeds.records import Content, PaperRecord, ParsedDigest, Problem, RawDigest, Version

_HEAD = 20_000  # bytes in which a document shows what its records are
_ROOTS = frozenset({"OAI-PMH", "record", "records", "ListRecords", "GetRecord"})
_ARCHIVE = re.compile(r"^[A-Z][\w ]+ - ")  # "Mathematics - Combinatorics"


class Oai:
    """Records harvested by OAI-PMH, as a whole answer, a list of records, or one of them.

    A deleted record and an error of the repository are Problems that say so. The edition's day
    is that of the answer, or else the one that the first record is stamped with.
    """

    name = "oai"
    label = "OAI-PMH records"
    order = 21

    def parse(self, digest: RawDigest) -> ParsedDigest:
        if local(root(digest.content)) not in _ROOTS:
            raise Declined("it is not an answer or a record of OAI-PMH")
        if b"crossref" in digest.content[:_HEAD].lower():
            raise Declined("its records are Crossref's")
        return ParsedDigest(
            self.name, digest.date or _day(digest.content), _entries(digest.content)
        )


def _day(content: Content) -> dt.date | None:
    """The day of the answer, or else of the first record."""
    try:
        for _, element in elements(content, frozenset({"responseDate", "datestamp"})):
            if when := moment(said(element)):
                return when.date()
    except Broken:
        pass
    return None


def _entries(content: Content) -> Iterator[PaperRecord | Problem]:
    number = 0
    try:
        for line, element in elements(content, frozenset({"record", "error"})):
            number += 1
            yield _record(f"record {number}, line {line}", element)
    except Broken as broken:
        yield Problem(f"after record {number}", str(broken))


def _record(place: str, element: Element) -> PaperRecord | Problem:
    if local(element.tag) == "error":
        code = element.get("code", "unknown")
        return Problem(place, f"the repository answers {code}: {line(said(element))}"[:300])
    header = next(iter(children(element, "header")), None)
    if header is not None and header.get("status") == "deleted":
        name = said(header, "identifier").strip()
        return Problem(place, f"{name or 'the record'} was deleted at its source")
    metadata = next(iter(children(element, "metadata")), None)
    inner = metadata[0] if metadata is not None and len(metadata) else None
    if inner is None:
        return Problem(place, "it has no metadata")
    read = {"arXiv": _arxiv, "arXivRaw": _arxiv, "dc": _dublin_core}.get(local(inner.tag))
    if read is None:
        return Problem(place, f"its metadata are in a format not known here: {inner.tag[:60]}")
    return read(place, inner, said(header, "identifier"))


def _arxiv(place: str, paper: Element, identifier: str) -> PaperRecord | Problem:
    versions = children(paper, "version")
    listed = [_full_name(author) for author in _authors(paper)]
    return entry(
        place,
        title=said(paper, "title"),
        abstract=said(paper, "abstract"),
        authors=listed or people(said(paper, "authors")),
        categories=said(paper, "categories").split(),
        ids=[said(paper, "id"), identifier, *said(paper, "doi").split()],
        published_at=said(paper, "created") or _submitted(next(iter(versions), None)),
        versions=_versions(versions, said(paper, "comments")),
    )


def _authors(paper: Element) -> list[Element]:
    return [author for group in children(paper, "authors") for author in children(group, "author")]


def _full_name(author: Element) -> str:
    parts = (said(author, name).strip() for name in ("forenames", "keyname", "suffix"))
    return " ".join(part for part in parts if part)


def _versions(told: list[Element], comments: str) -> Iterator[Version]:
    """The versions of arXivRaw, in order; the comments are the last one's.

    The format arXiv names none: there a withdrawal alone is told.
    """
    for number, element in enumerate(told[:-1], start=1):
        yield Version(number, _submitted(element))
    if told:
        yield version(len(told), _submitted(told[-1]), comments)
    else:
        yield from named_version([], note=comments)


def _submitted(version: Element | None) -> dt.datetime | None:
    """When it came, by arXivRaw's "Tue, 14 Mar 2023 10:00:00 GMT"."""
    try:
        return parsedate_to_datetime(said(version, "date")).astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _dublin_core(place: str, paper: Element, identifier: str) -> PaperRecord | Problem:
    told = [said(one) for one in children(paper, "dc:description")]
    abstracts = [text for text in told if not text.lstrip().startswith("Comment:")]
    dates = sorted(said(one).strip() for one in children(paper, "dc:date"))
    subjects = [said(one).strip() for one in children(paper, "dc:subject")]
    return entry(
        place,
        title=said(paper, "dc:title"),
        abstract=max(abstracts, key=len, default=""),
        authors=[given_first(said(one)) for one in children(paper, "dc:creator")],
        keywords=[_ARCHIVE.sub("", one) for one in subjects if _ARCHIVE.match(one)],
        ids=[*(said(one) for one in children(paper, "dc:identifier")), identifier],
        published_at=dates[0] if dates else None,
    )


parsers.register(Oai())
