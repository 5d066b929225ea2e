"""Digests made up for tests; they go in by the one write path."""

import itertools
import json
from datetime import date
from typing import Any

from feeds.ingest import Report, ingest, source_named

_numbers = itertools.count(10_000)
DAY = date(2026, 4, 24)


def entry(title: str = "", **fields: Any) -> dict[str, Any]:
    """One paper as the daily papers API tells of it.

    `fields` overwrite those of the paper (id, summary, authors, upvotes, githubRepo …);
    `id=None` leaves the arXiv id out, `authors` are plain names.
    """
    number = next(_numbers)
    names = fields.pop("authors", [f"Ada Author{number}", "Ben Writer"])
    paper = {
        "id": f"2604.{number}",
        "title": title or f"A study of subject {number}",
        "summary": f"We look closely at subject {number} and say what we saw.",
        "authors": [{"name": name} for name in names],
        "publishedAt": "2026-04-23T10:00:00.000Z",
        "upvotes": 0,
    } | fields
    return {"paper": {name: value for name, value in paper.items() if value is not None}}


def digest(*entries: dict[str, Any]) -> bytes:
    return json.dumps(entries).encode()


def put_in(*entries: dict[str, Any], day: date = DAY, source: str = "upload") -> Report:
    """Ingests a digest of the given entries for the given day."""
    return ingest(digest(*entries), source_named(source), day=day)


def put_in_many(count: int, day: date = DAY, **fields: Any) -> Report:
    """Ingests a digest of `count` different papers."""
    return put_in(*(entry(**fields) for _ in range(count)), day=day)
