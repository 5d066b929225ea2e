"""How a record's fields enter a paper that may know better already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feeds.authors import author_key
from feeds.models import Digest, Paper
from feeds.precedence import Standing, standing, sureness
from feeds.prepare import prepare
from feeds.records import PaperRecord
from feeds.resolve import own_key

LONGEST_URL = 500
LONGEST_NAME = 200
_CURATORS = "curators"
_NOTHING: tuple[object, ...] = ("", None, [])
_FIELDS = (
    "arxiv_id", "doi", "title", "abstract", "summary", "authors", "published_at", "code_url",
    "code_stars", "project_url", "thumbnail_url", "organization",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Teller:
    """A digest as far as it matters for what it is believed: its format and its day (ISO)."""

    digest_id: int
    parser: str
    day: str


def tellers_of(papers: list[Paper]) -> dict[int, Teller]:
    """The digests that told the fields of these papers, by their ids."""
    ids = {told[0] for paper in papers for told in paper.told.values()}
    rows = Digest.objects.filter(id__in=ids).values_list("id", "parser", "date") if ids else []
    return {pk: Teller(pk, parser, day.isoformat()) for pk, parser, day in rows}


def new_paper(record: PaperRecord) -> Paper:
    """A paper, not yet saved, that knows nothing yet but its key."""
    return Paper(key=record.arxiv_id or own_key(record))


def merge(
    paper: Paper, record: PaperRecord, teller: Teller, tellers: Mapping[int, Teller]
) -> set[str]:
    """Writes into the paper (unsaved) what the record knows better; the fields that changed.

    Field by field the better digest wins, as feeds/precedence.py says, and is noted in
    `paper.told`, also where it only says the same. What a record does not say stays.
    `tellers` are the digests that told the paper's fields.
    """
    sure = sureness(record)
    told = dict(paper.told)
    changed: set[str] = set()
    for name, value in _values(record).items():
        if value in _NOTHING or (name == "arxiv_id" and paper.arxiv_id not in ("", value)):
            continue
        if name in told and _stands(name, told[name], tellers) > _standing(name, sure, teller):
            continue
        told[name] = [teller.digest_id, sure]
        if getattr(paper, name) != value:
            setattr(paper, name, value)
            changed.add(name)
    paper.told = told
    _prepare(paper, changed)
    return changed


def absorb(paper: Paper, other: Paper, tellers: Mapping[int, Teller]) -> set[str]:
    """Writes into the paper (unsaved) what another paper knows better; the fields that changed.

    Its arXiv id and its DOI stay, where it has them. `tellers` are the digests that told the
    fields of both.
    """
    told = dict(paper.told)
    changed: set[str] = set()
    for name in _FIELDS:
        old, value, word = getattr(paper, name), getattr(other, name), other.told.get(name)
        if value in _NOTHING or (name in ("arxiv_id", "doi") and old):
            continue
        if old not in _NOTHING and not _better(name, word, told.get(name), tellers):
            continue
        if word:
            told[name] = word
        if old != value:
            setattr(paper, name, value)
            changed.add(name)
    if _CURATORS == other.gist_by != paper.gist_by or not paper.gist_by:
        paper.gist, paper.gist_by = other.gist, other.gist_by
    paper.told = told
    _prepare(paper, changed)
    return changed


def _better(
    name: str, word: list[int] | None, told: list[int] | None, tellers: Mapping[int, Teller]
) -> bool:
    if not word:
        return False
    return not told or _stands(name, word, tellers) > _stands(name, told, tellers)


def _prepare(paper: Paper, changed: set[str]) -> None:
    if "authors" in changed:
        paper.author_keys = [author_key(name) for name in paper.authors]
    if {"title", "abstract"} & changed:
        prepared = prepare(paper.title, paper.abstract)
        for name in ("title_text", "title_html", "abstract_html", "excerpt"):
            setattr(paper, name, getattr(prepared, name))


def _stands(name: str, told: list[int], tellers: Mapping[int, Teller]) -> tuple[Standing, int]:
    """The standing of what was told, by [digest's id, how sure]; of a lost digest the lowest."""
    digest_id, sure = told
    teller = tellers.get(digest_id, Teller(0, "", ""))
    return _standing(name, sure, teller)


def _standing(name: str, sure: int, teller: Teller) -> tuple[Standing, int]:
    """Of two digests of one format and day the one that came later has the word."""
    return standing(name, sure, teller.parser, teller.day), teller.digest_id


def _values(record: PaperRecord) -> dict[str, Any]:
    return {
        "arxiv_id": record.arxiv_id,
        "doi": record.doi,
        "title": record.title,
        "abstract": record.abstract,
        "summary": record.summary,
        "authors": list(record.authors),
        "published_at": record.published_at,
        "code_url": _url(record.code_url),
        "code_stars": record.code_stars,
        "project_url": _url(record.project_url),
        "thumbnail_url": _url(record.thumbnail_url),
        "organization": record.organization[:LONGEST_NAME],
    }


def _url(url: str) -> str:
    """The address, or none: one cut short would lead elsewhere."""
    return url if len(url) <= LONGEST_URL else ""
