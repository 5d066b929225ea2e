"""Feeds of every other kind: RSS 0.9 to 2.0, RDF and Atom, of journals, blogs and bridges."""

import datetime as dt
import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, tostring

from feeds.parsers.base import Declined, parsers
from feeds.parsers.feed_item import FeedItem, paper, when
from feeds.parsers.markup import Broken, elements, local, said
from feeds.parsers.mending import blocks, ends, mended, text_of
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_HEAD = 20_000  # characters in which a feed begins
_BEFORE = (
    r"\s*+(?>(?:<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE[^<>\[]*+(?P<subset>\[)?(?(subset)|>))\s*+)*+"
)
_ROOT = re.compile(
    rf"{_BEFORE}(?(subset)|<(?:[\w.-]{{1,40}}:)?(?P<root>rss|feed|RDF|channel)(?=[\s/>]))",
    re.DOTALL,
)
_PARTS = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]|<channel[\s>]|www\.w3\.org/2005/Atom")
_DATE = re.compile(
    r"<(?:\w{1,20}:)?(?:updated|pubDate|lastBuildDate|date|published)\b[^<>]{0,200}>\s{0,99}"
    r"(?:<!\[CDATA\[)?\s{0,99}([^<>\]]{4,60})"
)
_MOST_DATES = 20
_IMAGES = {"media:thumbnail": "image"}
_ITEMS = frozenset({"item", "entry"})


class Rss:
    """Any feed in XML. A feed without items holds none.

    The day is that of the feed, or of its first item that has one. A document that is not
    well-formed is mended item by item: entities and ampersands, wrong encodings, HTML between
    the tags, missing ends. An item that stays broken, and a document that breaks off, are
    Problems. No document type is read, and one that declares entities is declined.
    """

    name = "rss"
    label = "feed (RSS or Atom)"
    order = 25

    def parse(self, digest: RawDigest) -> ParsedDigest:
        if b"<" not in digest.content[:1000]:
            raise Declined("it is neither RSS nor Atom")
        text = text_of(digest.whole())
        begins = _ROOT.match(text[:_HEAD])
        if not begins:
            raise Declined("it is neither RSS nor Atom")
        if begins["subset"]:
            raise Declined("it declares a document type of its own, which no digest needs")
        if not _PARTS.search(text):
            raise Declined("it is a feed without a channel or an item")
        return ParsedDigest(self.name, digest.date or _day(text), _entries(text))


def _day(text: str) -> dt.date | None:
    found = (found[1] for found, _ in zip(_DATE.finditer(text), range(_MOST_DATES), strict=False))
    return next((moment.date() for moment in map(when, found) if moment), None)


def _entries(text: str) -> Iterator[PaperRecord | Problem]:
    number = 0
    try:
        for number, (line, element) in enumerate(elements(text.encode(), _ITEMS), start=1):
            yield _item(f"item {number}, line {line}", element)
    except Broken:
        yield from _mended(text, number)


def _mended(text: str, taken: int) -> Iterator[PaperRecord | Problem]:
    """The items after those that were `taken` before the document broke."""
    number = 0
    for number, block in enumerate(blocks(text), start=1):
        place = f"item {number}, line {block.line}"
        if number <= taken:
            continue
        if not block.whole:
            yield Problem(place, "the document breaks off within it")
            return
        if "title" not in block.text:  # nothing is worth mending
            yield Problem(place, "it has no title")
            continue
        try:
            yield _item(place, mended(block))
        except Broken as broken:
            yield Problem(place, f"it is broken beyond mending ({broken})")
    if not ends(text):
        yield Problem(f"after item {number}", "the document breaks off")


def _item(place: str, element: Element) -> PaperRecord | Problem:
    """Reads what RSS, Atom, Dublin Core and PRISM call the parts of an item."""
    parts = _Parts(element)
    published = parts.text("publicationDate", "coverDate", "issued", "created", "date")
    return paper(
        place,
        FeedItem(
            title=parts.markup("title"),
            summary=parts.markup("description", "summary", "abstract"),
            content=parts.markup("encoded", "content"),
            names=tuple(_names(element, parts)),
            people=tuple(_people(parts)),
            topics=tuple(_topics(parts)),
            published_at=published,
            listed_at=parts.text("pubDate", "published", "date", "updated", "modified"),
            thumbnail_url=_picture(parts),
            comments=parts.text("slash:comments"),
        ),
    )


class _Parts:
    """The direct children of an item, by their names with and without a prefix."""

    def __init__(self, element: Element) -> None:
        self._parts: dict[str, list[Element]] = {}
        for child in element:
            self._parts.setdefault(child.tag, []).append(child)
            if ":" in child.tag:
                self._parts.setdefault(f":{local(child.tag)}", []).append(child)

    def all(self, *names: str) -> list[Element]:
        """Those with one of these names; of each name those without a prefix, if there are any."""
        found = (self._parts.get(name) or self._parts.get(f":{name}", []) for name in names)
        return [part for parts in found for part in parts]

    def text(self, *names: str) -> str:
        """The first text in one of these; "" where none has any."""
        return next(filter(None, (said(part).strip() for part in self.all(*names))), "")

    def markup(self, *names: str) -> str:
        """As `text`, with the markup that stands in it."""
        for part in self.all(*names):
            text = said(part)
            if text.strip():
                inner = "".join(tostring(child, encoding="unicode") for child in part)
                return escape(part.text or "") + inner if inner else text
        return ""


def _names(element: Element, parts: _Parts) -> Iterator[str]:
    """What may name the work, the most certain first."""
    yield from map(said, parts.all("doi", "identifier"))
    for link in parts.all("link", "origLink"):
        if link.get("rel", "alternate") in ("alternate", "related"):
            yield link.get("href") or said(link)
    yield from map(said, parts.all("guid", "id"))
    yield from (value for name, value in element.items() if name.endswith(":about"))
    yield from map(said, parts.all("url", "source"))


def _people(parts: _Parts) -> Iterator[str]:
    writers = parts.all("creator") or parts.all("author") or parts.all("authors")
    yield from dict.fromkeys(said(one, "name") or said(one) for one in writers)


def _topics(parts: _Parts) -> Iterator[str]:
    for one in parts.all("category", "subject"):
        yield one.get("label") or one.get("term") or said(one)


def _picture(parts: _Parts) -> str:
    for one in parts.all("media:thumbnail", "media:content", "enclosure"):
        if "image" in (one.get("type") or one.get("medium") or _IMAGES.get(one.tag, "")):
            return one.get("url", "")
    return ""


parsers.register(Rss())
