"""Crossref's REST API: works in JSON; and the citations (CSL JSON) that doi.org answers."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from feeds.identify import arxiv_id
from feeds.parsers.base import Declined, parsers
from feeds.parsers.citation import published
from feeds.parsers.entry import entry
from feeds.parsers.html_text import inline, plain
from feeds.parsers.json_document import (
    document,
    each,
    first_text,
    inside,
    items,
    listed,
    unwrapped,
    with_a_paper,
)
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_WORDS = ('"DOI"', '"date-parts"', '"message-type"')
_MARKS = frozenset({"DOI", "date-parts", "title", "issued"})
_DATES = (
    "posted", "published", "published-online", "published-print", "issued", "content-created",
)  # fmt: skip
_NAME = ("given", "non-dropping-particle", "dropping-particle", "family", "suffix")
_HEADING = re.compile(r"^\W*Abstract\b\W*", re.IGNORECASE)
# Relations to the same work somewhere else.
_SAME = ("has-preprint", "is-preprint-of", "is-identical-to", "is-same-as", "is-version-of")


class CrossrefJson:
    """Works of api.crossref.org: a list in its envelope, a bare one, or a single work.

    The citations that doi.org and reference managers write (CSL JSON) are read alike. The arXiv
    id is that of the DOI, of a preprint it is related to, or of where it can be read.
    """

    name = "crossref_json"
    label = "Crossref works (JSON)"
    order = 9

    def parse(self, digest: RawDigest) -> ParsedDigest:
        value = document(digest.whole(), _WORDS)
        if inside(value, "status") == "failed":
            raise Declined("it is the answer to a question that failed, and holds no paper")
        found = items(unwrapped(value, ("message", "items"), _MARKS))
        if not any(map(_is_work, found)):
            raise Declined("its JSON holds no work of Crossref")
        entries = with_a_paper([_work(f"item {n}", one) for n, one in enumerate(found, start=1)])
        return ParsedDigest(self.name, digest.date, entries)


def _is_work(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    return isinstance(item.get("DOI"), str) or any(
        inside(item, one, "date-parts") for one in _DATES
    )


def _work(place: str, item: Any) -> PaperRecord | Problem:
    if not _is_work(item):
        return Problem(place, "it is no work of Crossref")
    return entry(
        place,
        title=_title(item),
        abstract=_HEADING.sub("", plain(item.get("abstract"))),
        authors=map(_full_name, listed(item.get("author"))),
        keywords=_keywords(item),
        ids=_ids(item),
        published_at=_published(item),
    )


def _title(item: dict[str, Any]) -> str:
    title, subtitle = (inline(_first(item.get(name))) for name in ("title", "subtitle"))
    if subtitle and subtitle.lower() not in title.lower():
        return f"{title}: {subtitle}"
    return title


def _first(value: Any) -> Any:
    """The first of a list; titles are lists in some answers, and a text in others."""
    return first_text(*value[:10]) if isinstance(value, list) else value


def _full_name(author: Any) -> str:
    if not isinstance(author, dict):
        return author if isinstance(author, str) else ""
    parts = (first_text(author.get(name)).strip() for name in _NAME)
    return " ".join(filter(None, parts)) or first_text(author.get("name"), author.get("literal"))


def _keywords(item: dict[str, Any]) -> Iterator[Any]:
    yield from listed(item.get("subject"))
    yield from first_text(item.get("keyword"))[:10_000].split(", ")


def _ids(item: dict[str, Any]) -> list[Any]:
    related = [one for name in _SAME for one in each(inside(item, "relation", name), "id")]
    addresses = [inside(item, "resource", "primary", "URL"), item.get("URL"), item.get("number")]
    links = [*related, *addresses, *each(item.get("link"), "URL")]
    known = [one for one in links if isinstance(one, str) and arxiv_id(one)]
    return [f"doi:{first_text(item.get('DOI')).strip()}", *known]


def _published(item: dict[str, Any]) -> dt.datetime | None:
    """The earliest date of publication; a missing month or day is the first."""
    told = [_moment(inside(item, name, "date-parts")) for name in _DATES]
    return min(filter(None, told), default=None)


def _moment(parts: Any) -> dt.datetime | None:
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list):
        return None
    said = [str(one) for one in first[:3] if isinstance(one, int | str)]
    return published("", *said) if said else None


parsers.register(CrossrefJson())
