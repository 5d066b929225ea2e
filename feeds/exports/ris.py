"""RIS, for EndNote, Zotero, Mendeley and libraries: a field a line, plain Unicode."""

from collections.abc import Iterator, Sequence

from feeds.exports.base import About, exports
from feeds.exports.facts import keywords, kind, link
from feeds.exports.persons import person
from feeds.records import PaperView
from feeds.tex import to_text

_TYPES = {"preprint": "UNPB", "article": "JOUR", "document": "GEN"}


class Ris:
    """One reference a paper, from TY to ER. Formulas are written in words: x²."""

    name = "ris"
    label = "RIS"
    content_type = "application/x-research-info-systems; charset=utf-8"
    download = True
    order = 2

    def render(self, papers: Sequence[PaperView], about: About) -> bytes:
        return "\r\n".join(reference(paper, about.permalink(paper)) for paper in papers).encode()

    def one(self, paper: PaperView, about: About) -> bytes:
        return reference(paper, about.permalink(paper)).encode()


def reference(paper: PaperView, permalink: str, *, abstract: bool = True) -> str:
    lines = (
        f"{tag}  - {' '.join(value.split())}"
        for tag, value in _fields(paper, permalink)
        if abstract or tag not in ("AB", "KW")
    )
    return "\r\n".join([*lines, "ER  - ", ""])


def _fields(paper: PaperView, permalink: str) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[kind(paper)]
    yield "TI", paper.title
    for author in paper.authors:
        yield "AU", person(author).family_first
    if paper.published_at:
        yield "PY", f"{paper.published_at.year}"
        yield "DA", f"{paper.published_at:%Y/%m/%d}"
    if paper.arxiv_id:
        yield "PB", "arXiv"
        yield "AN", f"arXiv:{paper.arxiv_id}"
    if paper.doi:
        yield "DO", paper.doi
    yield "UR", link(paper, permalink)
    if paper.pdf_url:
        yield "L1", paper.pdf_url
    for word in keywords(paper):
        yield "KW", word
    if paper.abstract:
        yield "AB", to_text(paper.abstract)
    if paper.withdrawn:
        yield "N1", "Withdrawn"


exports.register(Ris())
