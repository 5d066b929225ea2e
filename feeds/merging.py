"""How a record's fields enter a paper that may know better already."""

from datetime import date
from typing import Any

from feeds.authors import author_key
from feeds.models import Paper
from feeds.prepare import prepare
from feeds.records import PaperRecord
from feeds.resolve import Named, own_key

LONGEST_URL = 500
LONGEST_NAME = 200


def new_paper(named: Named, day: date) -> Paper:
    """A paper made of the record, not yet saved. `day` is that of the record's digest."""
    record = named.record
    paper = Paper(key=record.arxiv_id or own_key(record), told_on=day)
    merge(paper, named, day)
    return paper


def merge(paper: Paper, named: Named, day: date) -> bool:
    """Writes the record's fields into the paper (unsaved). Returns whether anything changed.

    A record that identifies the work better than those before wins, among equals the one of
    the later digest; any other only fills what is empty. What a record does not say stays.
    """
    rank = (named.authority, day)
    wins = rank >= (paper.authority, paper.told_on)
    if wins:
        paper.authority, paper.told_on = rank
    changed = [
        name
        for name, value in _values(named.record).items()
        if value not in ("", None, []) and _take(paper, name, value, wins=wins)
    ]
    if {"title", "abstract"} & set(changed):
        prepared = prepare(paper.title, paper.abstract)
        for name in ("title_text", "title_html", "abstract_html", "excerpt"):
            setattr(paper, name, getattr(prepared, name))
    return bool(changed)


def _take(paper: Paper, name: str, value: object, *, wins: bool) -> bool:
    old = getattr(paper, name)
    if old == value or (old not in ("", None, []) and not wins):
        return False
    setattr(paper, name, value)
    return True


def _values(record: PaperRecord) -> dict[str, Any]:
    return {
        "arxiv_id": record.arxiv_id,
        "doi": record.doi,
        "title": record.title,
        "abstract": record.abstract,
        "summary": record.summary,
        "authors": list(record.authors),
        "author_keys": [author_key(name) for name in record.authors],
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
