"""The fields of the grammar: what each takes, and how its value is written down."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from feeds.identify import arxiv_id, doi

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"({_YEAR})?(\.\.|-|–)?({_YEAR})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """A field: an example, what it finds, and the value as it is kept, "" for one it refuses."""

    example: str
    about: str
    kept: Callable[[str], str]


def _text(value: str) -> str:
    return value if any(sign.isalnum() for sign in value) else ""


def _slug(value: str) -> str:
    slug = re.sub(r"[\s.]+", "-", value.strip().lower())
    return slug if _SLUG.fullmatch(slug) else ""


def _years(value: str) -> str:
    found = _YEARS.fullmatch(value)
    if not found or not (found[1] or found[3]):
        return ""
    first, last = found[1] or "", found[3] or ""
    if not found[2]:
        return first if not last else ""
    if first and last and first > last:
        return ""
    return first if first == last else f"{first}..{last}"


def _id(value: str) -> str:
    return arxiv_id(value) or doi(value) or (value if _SLUG.fullmatch(value) else "")


def _has(value: str) -> str:
    return "code" if value.lower() == "code" else ""


FIELDS = {
    "author": Kind('author:"Kaiming He"', gettext_noop("a name, or a part of one"), _text),
    "title": Kind("title:attention", gettext_noop("words of the title alone"), _text),
    "tag": Kind("tag:diffusion", gettext_noop("a topic or category"), _slug),
    "year": Kind(
        "year:2023..2025", gettext_noop("when it was published: a year, or years"), _years
    ),
    "id": Kind("id:2404.01234", gettext_noop("an arXiv id or a DOI"), _id),
    "similar": Kind("similar:2404.01234", gettext_noop("papers like that one"), _id),
    "has": Kind("has:code", gettext_noop("papers with code"), _has),
}
