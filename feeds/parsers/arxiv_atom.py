"""Answers of the arXiv API: Atom, with arXiv's own elements."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from feeds.dates import moment
from feeds.parsers.base import Declined, parsers
from feeds.parsers.entry import entry, line
from feeds.parsers.markup import Broken, children, elements, local, root, said
from feeds.parsers.versions import named_version
from feeds.records import Content, PaperRecord, ParsedDigest, Problem, RawDigest

_MARKS = (b"arxiv.org/api/", b"arxiv.org/schemas/atom", b"<title>arXiv Query:")
_HEAD = 4_000  # bytes in which a feed says what it is


class ArxivAtom:
    """What export.arxiv.org/api answers: any number of papers, none, or an error as an entry.

    The edition's day is that of the answer. A document that breaks off gives its whole entries
    and a Problem for the rest.
    """

    name = "arxiv_atom"
    label = "arXiv API answer (Atom)"
    order = 20

    def parse(self, digest: RawDigest) -> ParsedDigest:
        if local(root(digest.content)) != "feed":
            raise Declined("it is not an Atom feed")
        head = digest.content[:_HEAD]
        if not any(mark in head for mark in _MARKS) or b"rss.arxiv.org" in head:
            raise Declined("it is an Atom feed, but not one of the arXiv API")
        answered = next((element for _, element in _parts(digest.content, "updated")), None)
        when = moment(said(answered)) if answered is not None else None
        day = digest.date or (when.date() if when else None)
        return ParsedDigest(self.name, day, _entries(digest.content))


def _parts(content: Content, *names: str) -> Iterator[tuple[int, Element]]:
    """As `elements`, but ends in silence where the document breaks."""
    try:
        yield from elements(content, frozenset(names))
    except Broken:
        return


def _entries(content: Content) -> Iterator[PaperRecord | Problem]:
    number = 0
    try:
        for number, (line, element) in enumerate(elements(content, frozenset({"entry"})), start=1):
            yield _paper(f"entry {number}, line {line}", element)
    except Broken as broken:
        yield Problem(f"after entry {number}", str(broken))


def _paper(place: str, element: Element) -> PaperRecord | Problem:
    if "api/errors" in said(element, "id"):
        told = line(said(element, "summary"))
        return Problem(place, f"arXiv answers with an error: {told}"[:300])
    link = said(element, "id")
    note = said(element, "arxiv:comment")
    primary = [one.get("term") for one in children(element, "arxiv:primary_category")]
    return entry(
        place,
        title=said(element, "title"),
        abstract=said(element, "summary"),
        authors=[said(author, "name") for author in children(element, "author")],
        categories=[*primary, *(one.get("term") for one in children(element, "category"))],
        ids=[link, *(said(one) for one in children(element, "arxiv:doi"))],
        published_at=said(element, "published"),
        versions=named_version([link], moment(said(element, "updated")), note),
    )


parsers.register(ArxivAtom())
