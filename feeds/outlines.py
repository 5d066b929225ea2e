"""The addresses in an outline (OPML), as feed readers write one. Nothing in it is asked for."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from feeds.parsers.markup import Broken, elements, local, root

LARGEST = 1_000_000  # bytes
MOST = 2000
LONGEST = 2000  # characters of an address


class BadOutline(ValueError):
    """What cannot be read as one; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A feed that the outline names: its title, its address, and that of its page."""

    title: str
    feed: str
    page: str


def read(content: bytes) -> list[Line]:
    """The lines that name an address, in their order. Raises BadOutline."""
    if len(content) > LARGEST:
        raise BadOutline(_("The file is larger than 1 MB. An outline of feeds is smaller."))
    if local(root(content) or "opml").lower() != "opml":
        raise BadOutline(_("This is no outline: an OPML file begins with <opml>."))
    try:
        outer = [row for _where, row in elements(content, frozenset({"outline"}))]
    except Broken as error:
        said = _("It cannot be read as XML: %(why)s Export it again.") % {"why": error}
        raise BadOutline(said) from None
    rows = [row for one in outer for row in one.iter("outline")]
    found = [line for row in rows if (line := _line(row))]
    if not found:
        raise BadOutline(_("There is no address in it: a line has one in xmlUrl."))
    if len(found) > MOST:
        said = _("It has %(count)s lines; %(most)s are the most. Split it.")
        raise BadOutline(said % {"count": len(found), "most": MOST})
    return found


def _line(row: Element) -> Line | None:
    page = (row.get("htmlUrl") or "").strip()[:LONGEST]
    feed = (row.get("xmlUrl") or "").strip()[:LONGEST]
    title = " ".join((row.get("title") or row.get("text") or feed or page).split())[:200]
    return Line(title, feed, page) if feed or page else None
