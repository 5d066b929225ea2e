"""Finds the one paper that a reader names: by an arXiv id, a DOI, or a page that names one."""

import datetime as dt
import html
import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.guard import Refused
from feeds.identify import arxiv_id, doi
from feeds.parsers.base import UnknownFormat, parse
from feeds.parsers.html_tokens import tokens
from feeds.parsers.paper_links import paper_at, target
from feeds.records import PaperRecord, RawDigest
from feeds.sources.base import Ask

LONGEST = 1000
_PAUSE = 3  # seconds between requests, by arXiv's terms
_HEAD = 500_000  # bytes of a page in which it names its paper
_IDS = ("citation_arxiv_id", "citation_doi", "citation_abstract_html_url", "citation_pdf_url")
_ATTRIBUTE = re.compile(r"""(?P<name>[\w:-]{1,40})\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""")
_NO_PAPER = "Its answer holds no paper that can be read."
UNKNOWN = gettext_noop(
    "Give an arXiv id like 2404.01234, a DOI like 10.1145/3292500, or a link to a paper."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A paper as its archive tells of it: the document as it came, and the parser for it."""

    content: bytes
    parser: str
    record: PaperRecord


def name_of(text: str) -> str:
    """What a reader means: "arxiv:2404.01234", "doi:10.…" or "page:https://…"; "" for nothing."""
    text = text.replace("\0", "").strip()
    if not text or len(text) > LONGEST:
        return ""
    if read := arxiv_id(text):
        return f"arxiv:{read}"
    if read := doi(text):
        return f"doi:{read}"
    if not text.lower().startswith(("http://", "https://")):
        return ""
    text = target(text)
    named = paper_at(text)
    return named if named.startswith(("arxiv:", "doi:")) else f"page:{text[: LONGEST - 5]}"


def look_up(name: str, ask: Ask, now: dt.datetime) -> Found:
    """The paper of a name that `name_of` gave.

    Raises Refused and Unreachable, with a sentence for the reader.
    """
    kind, _, rest = name.partition(":")
    if kind == "page":
        kind, _, rest = _named_by_page(rest, ask).partition(":")
    return _of_arxiv(rest, ask, now) if kind == "arxiv" else _of_crossref(rest, ask, now)


def _of_arxiv(wanted: str, ask: Ask, now: dt.datetime) -> Found:
    terms = urlencode({"id_list": wanted, "max_results": 1})
    unknown = f"arXiv knows no paper {wanted}."
    try:
        content = ask(f"{settings.ARXIV_API}?{terms}", pause=_PAUSE).content
    except Refused as refusal:
        raise Refused(unknown) if refusal.status in (400, 404) else refusal from None
    return _read(content, "arxiv_atom", now, unknown)


def _of_crossref(wanted: str, ask: Ask, now: dt.datetime) -> Found:
    unknown = f"Crossref knows no DOI {wanted}."
    try:
        content = ask(f"{settings.CROSSREF_API}/{quote(wanted, safe='')}").content
    except Refused as refusal:
        raise Refused(unknown) if refusal.status == 404 else refusal from None
    return _read(content, "crossref_json", now, _NO_PAPER)


def _read(content: bytes, parser: str, now: dt.datetime, otherwise: str) -> Found:
    try:
        parsed = parse(RawDigest(content, now.astimezone(dt.UTC).date()), parser)
    except UnknownFormat:
        raise Refused(otherwise) from None
    first = next(islice(parsed.entries, 1), None)
    if not isinstance(first, PaperRecord):
        raise Refused(otherwise)
    return Found(content, parser, first)


def _named_by_page(url: str, ask: Ask) -> str:
    """The name of the paper that the page says it is of."""
    said = _said(ask(url).content[:_HEAD].decode(errors="replace"))
    for name in _IDS:
        for value in said.get(name, ()):
            read = name_of(value)
            if read.startswith(("arxiv:", "doi:")):
                return read
    raise Refused(
        _("The page names no arXiv id and no DOI. Give one of these, if the paper has it.")
    )


def _said(page: str) -> dict[str, list[str]]:
    """What the page's `citation_…` elements say, by their names."""
    found: dict[str, list[str]] = {}
    for token in tokens(page):
        if token.name == "meta" and not token.ends:
            given = {
                one["name"].lower(): html.unescape(one["value"].strip("\"'"))
                for one in _ATTRIBUTE.finditer(token.attributes)
            }
            name = (given.get("name") or given.get("property") or "").lower()
            found.setdefault(name, []).append(given.get("content", ""))
    return found
