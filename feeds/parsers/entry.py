"""The one door through which an entry of a digest becomes a record: clean, bounded, checked."""

import datetime as dt
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from feeds.dates import moment
from feeds.identify import arxiv_id, doi
from feeds.records import PaperRecord, Problem, Version
from feeds.tex.clean import UNWANTED, one_line, paragraphs, strip_controls

LONGEST_TITLE = 1_000
LONGEST_ABSTRACT = 50_000
LONGEST_NAME = 200
LONGEST_URL = 500
MOST_AUTHORS = 10_000
MOST_KEYWORDS = 100
MOST_VERSIONS = 200
LARGEST_COUNT = 2_000_000_000
# What is longer is no field of a paper, and cleaning it would take its time.
_LONGEST_FIELD = 200_000
_UNSAFE_IN_URL = re.compile(r"[\s\"<>\\^`{|}\x00-\x20\x7f-\x9f\ud800-\udfff]")


def entry(
    place: str,
    *,
    title: Any,
    abstract: Any = "",
    summary: Any = "",
    authors: Iterable[Any] = (),
    keywords: Iterable[Any] = (),
    categories: Iterable[Any] = (),
    ids: Iterable[Any] = (),
    published_at: Any = None,
    listed_at: Any = None,
    votes: Any = None,
    comments: Any = None,
    code_url: Any = "",
    code_stars: Any = None,
    project_url: Any = "",
    thumbnail_url: Any = "",
    organization: Any = "",
    versions: Iterable[Version] = (),
) -> PaperRecord | Problem:
    """The entry at `place` as a record, or why it is put aside.

    Any value may be of any type: what is not of the field's kind counts as not said. `ids` are
    whatever may name the work (an arXiv id or DOI in any spelling, an address). Without a usable
    title, or with text too long for a paper, the entry is a Problem.
    """
    read = line(title)
    if reason := _reason_against(title, read, abstract):
        return Problem(place, reason)
    names = [name for name in ids if isinstance(name, str)]
    return PaperRecord(
        title=read,
        abstract=text(abstract),
        summary=text(summary),
        authors=lines(authors, MOST_AUTHORS),
        keywords=lines(keywords, MOST_KEYWORDS),
        categories=lines(categories, MOST_KEYWORDS),
        arxiv_id=next(filter(None, map(arxiv_id, names)), ""),
        doi=next((name for name in map(doi, names) if name and not arxiv_id(name)), ""),
        published_at=when(published_at),
        listed_at=when(listed_at),
        votes=count(votes),
        comments=count(comments),
        code_url=address(code_url),
        code_stars=count(code_stars),
        project_url=address(project_url),
        thumbnail_url=address(thumbnail_url),
        organization=line(organization)[:LONGEST_NAME],
        versions=tuple(islice(versions, MOST_VERSIONS)),
    )


def line(value: Any) -> str:
    """One line of clean text; "" where `value` is no text or far too long."""
    if not isinstance(value, str) or len(value) > _LONGEST_FIELD:
        return ""
    return value.strip() if _is_plain(value) else one_line(strip_controls(value))


def text(value: Any) -> str:
    """Clean text with hard wraps undone; blank lines still part paragraphs."""
    if not isinstance(value, str) or len(value) > _LONGEST_FIELD:
        return ""
    unwrapped = value.strip().replace("\n", " ")
    if _is_plain(unwrapped):
        return unwrapped
    return "\n\n".join(map(one_line, paragraphs(strip_controls(value))))


def _is_plain(text: str) -> bool:
    """Whether nothing has to be cleaned but its ends: most text, and this is told in no time."""
    return text.isascii() and text.isprintable() and "  " not in text


def lines(values: Iterable[Any], most: int) -> tuple[str, ...]:
    """Up to `most` different lines in their order, none of them empty or longer than a name."""
    found: dict[str, None] = {}
    for value in values:
        read = line(value)
        if read and len(read) <= LONGEST_NAME:
            found[read] = None
        if len(found) == most:
            break
    return tuple(found)


def when(value: Any) -> dt.datetime | None:
    """An ISO 8601 text or an aware datetime as a moment in UTC."""
    if isinstance(value, dt.datetime) and value.tzinfo:
        return value
    return moment(value) if isinstance(value, str) else None


def count(value: Any) -> int | None:
    """A number of something, also as a text ("1,204", "11.3k"); None where it is none."""
    if isinstance(value, str):
        return _count_in(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value <= LARGEST_COUNT and value == value // 1 else None


def address(value: Any) -> str:
    """A web address that is safe to link to, or ""."""
    if not isinstance(value, str) or not 8 < len(value) <= LONGEST_URL:
        return ""
    value = value.strip()
    if _UNSAFE_IN_URL.search(value) or UNWANTED.search(value):
        return ""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 (it raises where the port is no number)
    except ValueError:
        return ""
    return value if parts.scheme in ("http", "https") and parts.hostname else ""


def _reason_against(title: Any, read: str, abstract: Any) -> str:
    """`read` is the title as it was read."""
    if not isinstance(title, str) or not title.strip():
        return "it has no title"
    if len(title) > _LONGEST_FIELD or len(read) > LONGEST_TITLE:
        return f"its title is {len(read) or len(title):,} characters long"
    if not any(map(str.isalnum, read)):
        return "its title has no letter"
    if isinstance(abstract, str) and len(abstract) > LONGEST_ABSTRACT:
        return f"its abstract is {len(abstract):,} characters long"
    return ""


def _count_in(value: str) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,3}(?:,\d{3})+|\d{1,10}(?:\.\d{1,3})?)\s*([kKmM]?)\s*", value)
    if not found:
        return None
    number = float(found[1].replace(",", "")) * {"": 1, "k": 1e3, "m": 1e6}[found[2].lower()]
    return count(round(number))
