"""The daily announcements of rss.arxiv.org, in RSS 2.0 and in Atom."""

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from feeds.dates import moment
from feeds.parsers.base import Declined, parsers
from feeds.parsers.entry import entry
from feeds.parsers.markup import Broken, children, elements, local, root, said
from feeds.parsers.names import people
from feeds.parsers.versions import named_version
from feeds.records import Content, PaperRecord, ParsedDigest, Problem, RawDigest

_HEAD = 4_000  # bytes in which a feed says whose it is
_MARKS = (b"rss.arxiv.org", b"updates on arXiv.org", b"arXiv.org e-print archive")
# "arXiv:2508.13426v1 Announce Type: cross\nAbstract: …" stands before each abstract.
_ANNOUNCEMENT = re.compile(
    r"\s*arXiv:\S+\s+Announce Type:\s*[\w-]+\s+(?:Abstract:\s*)?", re.IGNORECASE
)
_TITLE_NOTE = re.compile(
    r"\s*\(arXiv:\S+ \[[^\]]*\][^)]*\)\s*$"
)  # older feeds: "(arXiv:… [cs.AI])"
_MARKUP = re.compile(r"</?(?:p|a|br|i|b|em|strong)\b[^<>]*>", re.IGNORECASE)


class ArxivRss:
    """What rss.arxiv.org announces each day: new papers, cross-lists and replacements.

    The edition's day is that of the announcement.
    """

    name = "arxiv_rss"
    label = "arXiv announcement feed"
    order = 19

    def parse(self, digest: RawDigest) -> ParsedDigest:
        if local(root(digest.content)) not in ("feed", "rss", "RDF"):
            raise Declined("it is neither RSS nor Atom")
        if not any(mark in digest.content[:_HEAD] for mark in _MARKS):
            raise Declined("it is a feed, but not one of arXiv's announcements")
        day = digest.date or _day(digest.content)
        return ParsedDigest(self.name, day, _entries(digest.content))


def _day(content: Content) -> dt.date | None:
    """The day that the feed gives for itself, as its own clock has it."""
    wanted = frozenset({"updated", "pubDate", "lastBuildDate", "entry", "item", "dc:date"})
    try:
        for _, element in elements(content, wanted):
            if when := _when(said(element)):
                return when.date()
    except Broken:
        pass
    return None


def _when(text: str) -> dt.datetime | None:
    if read := moment(text):
        return read
    try:
        return parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, OverflowError):
        return None


def _entries(content: Content) -> Iterator[PaperRecord | Problem]:
    number = 0
    try:
        found = elements(content, frozenset({"entry", "item"}))
        for number, (line, element) in enumerate(found, start=1):
            yield _paper(f"entry {number}, line {line}", element)
    except Broken as broken:
        yield Problem(f"after entry {number}", str(broken))


def _paper(place: str, element: Element) -> PaperRecord | Problem:
    abstract = said(element, "summary") or said(element, "description")
    links = [one.get("href", "") or said(one) for one in children(element, "link")]
    ids = [said(element, "id"), said(element, "guid"), *links]
    creators = ", ".join(said(one) for one in children(element, "dc:creator"))
    return entry(
        place,
        title=_TITLE_NOTE.sub("", said(element, "title")),
        abstract=_MARKUP.sub("", _ANNOUNCEMENT.sub("", abstract, count=1)),
        authors=people(_MARKUP.sub("", creators)),
        categories=[one.get("term") or said(one) for one in children(element, "category")],
        ids=[*ids, said(element, "arxiv:DOI")],
        listed_at=_utc(said(element, "published") or said(element, "pubDate")),
        versions=named_version(ids),
    )


def _utc(text: str) -> dt.datetime | None:
    when = _when(text)
    try:
        return when.astimezone(dt.UTC) if when and when.tzinfo else None
    except OverflowError:
        return None


parsers.register(ArxivRss())
