"""BibTeX, for LaTeX and every reference manager: UTF-8, formulas kept."""

from collections.abc import Iterator, Sequence

from feeds.dates import MONTHS
from feeds.exports.base import About, exports
from feeds.exports.facts import keywords, kind, link, primary_class
from feeds.exports.keys import citation_key, citation_keys
from feeds.exports.latex import abstract_tex, escaped, title_tex
from feeds.exports.persons import person
from feeds.records import PaperView

# What is known of where a paper was published is its DOI, so that an article has no journal.
_TYPES = {"preprint": "misc", "article": "article", "document": "misc"}


class Bibtex:
    """One entry a paper, in the order of the list."""

    name = "bib"
    label = "BibTeX"
    content_type = "application/x-bibtex; charset=utf-8"
    download = True
    order = 1

    def render(self, papers: Sequence[PaperView], about: About) -> bytes:
        keys = citation_keys(papers)
        entries = (entry(paper, keys[paper.id], about.permalink(paper)) for paper in papers)
        return "\n".join(entries).encode()

    def one(self, paper: PaperView, about: About) -> bytes:
        return entry(paper, citation_key(paper), about.permalink(paper)).encode()


def entry(
    paper: PaperView, key: str, permalink: str, *, abstract: bool = True, more: bool = False
) -> str:
    """The paper's entry. `more` says that its authors are but the first of them."""
    fields = dict(_fields(paper, permalink))
    if more:
        fields["author"] = fields["author"][:-1] + "\n            and others}"
    if not abstract:
        fields.pop("abstract", None)
        fields.pop("keywords", None)
    lines = (f"  {name} = {value}," for name, value in fields.items())
    return "\n".join([f"@{_TYPES[kind(paper)]}{{{key},", *lines, "}\n"])


def _fields(paper: PaperView, permalink: str) -> Iterator[tuple[str, str]]:
    yield "title", _braced(title_tex(paper.title_tex))
    if paper.authors:
        yield "author", _braced("\n            and ".join(map(_name, paper.authors)))
    if paper.published_at:
        yield "year", _braced(f"{paper.published_at.year}")
        yield "month", MONTHS[paper.published_at.month - 1]
        yield "day", _braced(f"{paper.published_at.day}")
    if paper.arxiv_id:
        yield "eprint", _braced(paper.arxiv_id)
        yield "archivePrefix", "{arXiv}"
        if primary := primary_class(paper):
            yield "primaryClass", _braced(primary)
    if paper.doi:
        yield "doi", _braced(_address(paper.doi))
    yield "url", _braced(_address(link(paper, permalink)))
    if words := keywords(paper):
        yield "keywords", _braced(escaped(", ".join(words)))
    if paper.abstract:
        yield "abstract", _braced(abstract_tex(paper.abstract))
    if paper.withdrawn:
        yield "note", "{Withdrawn}"


def _name(name: str) -> str:
    """Family name first; a body's name in braces, so that nothing in it is taken apart."""
    known = person(name)
    return escaped(known.family_first) if known.given else f"{{{escaped(known.family)}}}"


def _address(text: str) -> str:
    """Left as it is, but for braces, which would end the field."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _braced(text: str) -> str:
    return f"{{{text}}}"


exports.register(Bibtex())
