"""How a paper's page says to cite it."""

from dataclasses import dataclass, replace

from django.conf import settings

from feeds.exports.apa import citation
from feeds.exports.base import forms
from feeds.exports.bibtex import entry
from feeds.exports.keys import citation_key
from feeds.exports.ris import reference
from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.syndication.views import FORMATS
from feeds.web.addresses import with_terms

# A page shows so many authors in a citation; the file has them all.
MOST_AUTHORS = 100


@dataclass(frozen=True, slots=True)
class Citation:
    """`id` names its place on the page; `cut` says that it names but the first authors."""

    id: str
    label: str
    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file of references: what it is called, where it is, of which type."""

    label: str
    href: str
    type: str


def citations(paper: PaperView) -> list[Citation]:
    """The paper in the three forms that people paste, without its abstract."""
    permalink = settings.SITE_URL + paper.path
    cut = len(paper.authors) > MOST_AUTHORS
    short = replace(paper, authors=paper.authors[:MOST_AUTHORS])
    bibtex = entry(short, citation_key(paper), permalink, abstract=False, more=cut)
    ris = reference(short, permalink, abstract=False).replace("\r\n", "\n")
    return [
        Citation("bibtex", "BibTeX", bibtex.rstrip(), cut),
        Citation("ris", "RIS", ris.rstrip("\n"), cut),
        Citation("apa", "APA", citation(paper, permalink)),
    ]


def files_of(paper: PaperView) -> list[File]:
    return [
        File(form.label, f"{paper.path}.{form.name}", _type(form.content_type)) for form in forms()
    ]


def files_for(query: FeedQuery) -> list[File]:
    """The answer to the question in each format of references."""
    return [
        File(
            form.label,
            with_terms(f"/papers.{form.name}", query.pairs()),
            _type(form.content_type),
        )
        for form in forms()
    ]


def feeds_for(query: FeedQuery) -> list[File]:
    """The answer to the question in each format of feeds."""
    return [
        File(form.label, with_terms(f"/{form.path}", query.pairs()), _type(form.content_type))
        for form in FORMATS
    ]


def _type(content_type: str) -> str:
    return content_type.partition(";")[0]
