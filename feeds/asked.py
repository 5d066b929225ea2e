"""What the address of a list asks for: which question, and which page of its answer."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from feeds import reading
from feeds.query import FeedQuery, QueryError, parse_pairs
from feeds.reading import Page


@dataclass(frozen=True, slots=True)
class Whose:
    """For whom a list is read by its address: by default for nobody in particular.

    `before` begins the paths at which they ask, `key` is what their addresses hold: who shows it
    reads as the user `viewer`.
    """

    viewer: int | None = None
    before: str = ""
    key: str = ""


ANYBODY = Whose()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the page of its answer: at most `limit` papers from `cursor` on."""

    query: FeedQuery
    cursor: str
    limit: int

    def answer(self, viewer: int | None = None) -> Page:
        """That page, as the user `viewer` sees it. Raises QueryError for a strange cursor."""
        return reading.papers_in(self.query, viewer=viewer, cursor=self.cursor, limit=self.limit)

    def address(self, path: str, whose: Whose = ANYBODY) -> str:
        """The absolute address that asks this at `path`."""
        terms = self.query.pairs()
        terms += [("cursor", self.cursor)] if self.cursor else []
        terms += [("limit", str(self.limit))] if self.limit != reading.PAGE else []
        terms += [("key", whose.key)] if whose.key else []
        path = f"{whose.before}{path}"
        return site_address(f"{path}?{urlencode(terms)}" if terms else path)

    def following(self, page: Page) -> "Asked | None":
        """What asks for the page after `page`, None after the last.

        It names the date that the answer found, so that an edition which comes in between
        does not change the list under a reader who goes through it.
        """
        return Asked(page.query, page.cursor, self.limit) if page.cursor else None


def asked(given: QueryDict, most: int) -> Asked:
    """Reads a query string; `most` is the largest limit. Raises QueryError."""
    pairs = [(name, value) for name, values in given.lists() for value in values]
    return Asked(parse_pairs(pairs), given.get("cursor", ""), limit_of(given, most))


def site_address(path: str) -> str:
    """The absolute address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def limit_of(given: QueryDict, most: int) -> int:
    """How many papers a page shall have at most. Raises QueryError."""
    if "limit" not in given:
        return min(reading.PAGE, most)
    text = ",".join(given.getlist("limit"))  # of several none is a number
    if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= most:
        return int(text)
    raise QueryError(
        "limit",
        _("limit is %(text)s; it takes a number from 1 to %(most)s.")
        % {"text": repr(text[:20]), "most": most},
    )
