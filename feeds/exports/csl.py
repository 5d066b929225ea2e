"""CSL-JSON, for pandoc, citeproc and Zotero (citationstyles.org, schema 1.0.2)."""

from collections.abc import Sequence
from typing import Any

import orjson

from feeds.exports.base import About, exports
from feeds.exports.facts import keywords, kind, link
from feeds.exports.keys import citation_key, citation_keys
from feeds.exports.persons import person
from feeds.records import PaperView
from feeds.tex import to_text

_TYPES = {"preprint": "article", "article": "article-journal", "document": "document"}


class Csl:
    """An array of items, of a paper alone too, as programs read it."""

    name = "csl.json"
    label = "CSL-JSON"
    content_type = "application/vnd.citationstyles.csl+json; charset=utf-8"
    download = True
    order = 3

    def render(self, papers: Sequence[PaperView], about: About) -> bytes:
        keys = citation_keys(papers)
        return orjson.dumps([_item(paper, keys[paper.id], about) for paper in papers])

    def one(self, paper: PaperView, about: About) -> bytes:
        return orjson.dumps([_item(paper, citation_key(paper), about)])


def _item(paper: PaperView, key: str, about: About) -> dict[str, Any]:
    item = {
        "id": key,
        "type": _TYPES[kind(paper)],
        "title": paper.title,
        "author": [_name(author) for author in paper.authors],
        "issued": _issued(paper),
        "publisher": "arXiv" if paper.arxiv_id else "",
        "number": f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else "",
        "DOI": paper.doi,
        "URL": link(paper, about.permalink(paper)),
        "abstract": to_text(paper.abstract),
        "keyword": ", ".join(keywords(paper)),
        "note": "Withdrawn" if paper.withdrawn else "",
    }
    return {name: value for name, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    known = person(author)
    if not known.given:
        return {"literal": known.family}
    parts = {"family": known.family, "given": known.given, "suffix": known.suffix}
    return {name: value for name, value in parts.items() if value}


def _issued(paper: PaperView) -> dict[str, Any]:
    day = paper.published_at
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}


exports.register(Csl())
