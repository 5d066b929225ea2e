"""Semantic Scholar: papers as its Graph API answers them, and as its datasets hold them."""

from collections.abc import Iterator
from typing import Any

from feeds.identify import arxiv_id
from feeds.parsers.base import Declined, parsers
from feeds.parsers.entry import entry
from feeds.parsers.html_text import inline
from feeds.parsers.json_document import (
    document,
    each,
    first_text,
    inside,
    items,
    listed,
    unwrapped,
    with_a_paper,
    year_day,
)
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_WORDS = ('"paperId"', '"corpusid"', '"externalIds"')
_MARKS = frozenset({"paperId", "corpusid", "externalIds"})
_WRAPPINGS = ("data", "recommendedPapers", "papers")
# What answers about citations, references and recommendations put around each paper.
_AROUND = ("citingPaper", "citedPaper", "paper")


class SemanticScholar:
    """Papers of Semantic Scholar: a search, a bulk search, a batch, recommendations, a citation
    list, a single paper, or a dataset's lines.

    What a batch answers for an unknown paper (null) is a Problem. The short summary (`tldr`) is
    the record's summary; citations are counted nowhere, for they are no votes.
    """

    name = "semantic_scholar"
    label = "Semantic Scholar papers (JSON)"
    order = 8

    def parse(self, digest: RawDigest) -> ParsedDigest:
        found = items(unwrapped(document(digest.whole(), _WORDS), _WRAPPINGS, _MARKS))
        if not any(map(_is_paper, map(_paper_in, found))):
            raise Declined("its JSON holds no paper of Semantic Scholar")
        entries = with_a_paper([_paper(f"item {n}", one) for n, one in enumerate(found, start=1)])
        return ParsedDigest(self.name, digest.date, entries)


def _paper_in(item: Any) -> Any:
    if isinstance(item, dict) and not _is_paper(item):
        return next((item[name] for name in _AROUND if name in item), item)
    return item


def _is_paper(item: Any) -> bool:
    return isinstance(item, dict) and bool(_MARKS & item.keys())


def _paper(place: str, item: Any) -> PaperRecord | Problem:
    item = _paper_in(item)
    if item is None:
        return Problem(place, "Semantic Scholar does not know it")
    if not _is_paper(item):
        return Problem(place, "it is no paper of Semantic Scholar")
    return entry(
        place,
        title=inline(item.get("title")),
        abstract=item.get("abstract"),
        summary=inline(inside(item, "tldr", "text")),
        authors=each(item.get("authors"), "name"),
        keywords=_fields(item),
        ids=_ids(item),
        published_at=first_text(item.get("publicationDate"), item.get("publicationdate"))
        or year_day(item.get("year")),
    )


def _ids(item: dict[str, Any]) -> list[Any]:
    named = item.get("externalIds") or item.get("externalids")
    file = first_text(inside(item, "openAccessPdf", "url"))
    return [inside(named, "ArXiv"), inside(named, "DOI"), arxiv_id(file)]


def _fields(item: dict[str, Any]) -> Iterator[Any]:
    yield from listed(item.get("fieldsOfStudy"))
    yield from each(item.get("s2FieldsOfStudy") or item.get("s2fieldsofstudy"), "category")


parsers.register(SemanticScholar())
