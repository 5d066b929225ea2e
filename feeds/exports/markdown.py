"""Markdown, for notes and for programs that read: formulas stay TeX between dollars."""

import re
from collections.abc import Iterator, Sequence

from feeds.exports.base import About, exports
from feeds.records import PaperView
from feeds.tex import Piece, read_line, read_paragraphs
from feeds.tex.pieces import End, Maths, Start, Words
from feeds.tex.plain import plain

_ESCAPED = re.compile(r"[\\`*_\[\]<>#|~$!&]")
_BLOCK = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])")
_MARKS = {"em": "*", "strong": "**", "code": "", "sub": "", "sup": ""}


class Markdown:
    """A list is numbered; a paper alone is a page with its abstract."""

    name = "md"
    label = "Markdown"
    content_type = "text/markdown; charset=utf-8"
    download = False
    order = 4

    def render(self, papers: Sequence[PaperView], about: About) -> bytes:
        items = (_item(paper, about) for paper in papers)
        more = f"\n[More papers]({about.following})\n" if about.following else ""
        said = "".join(f"{words(text)}\n\n" for text in about.said)
        return f"# {words(about.title)}\n\n{said}{''.join(items)}{more}".encode()

    def one(self, paper: PaperView, about: About) -> bytes:
        return "\n\n".join(_page(paper, about)).encode() + b"\n"


def words(text: str) -> str:
    """Plain text that Markdown shows as it is, on one line."""
    line = _ESCAPED.sub(r"\\\g<0>", " ".join(text.split()))
    return _BLOCK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def _item(paper: PaperView, about: About) -> str:
    by = f"   {words(_authors(paper))}\n" if paper.authors else ""
    gist = f"   {words(paper.marked_gist)}\n" if paper.gist else ""
    links = "   " + " · ".join(_said(paper)) + "\n"
    title = _line(read_line(paper.title_tex))
    return f"{paper.rank}. **[{title}]({about.permalink(paper)})**  \n{by}\n{gist}\n{links}\n"


def _page(paper: PaperView, about: About) -> Iterator[str]:
    yield f"# {_line(read_line(paper.title_tex))}"
    if paper.authors:
        yield words(", ".join(paper.authors))
    if paper.withdrawn:
        yield "**Withdrawn.** The paper was taken back by its authors or its archive."
    yield " · ".join([*_dates(paper), *_said(paper)])
    if paper.summary:
        yield f"> {words(paper.summary)}"
    if paper.abstract:
        yield "## Abstract"
        yield from map(_line, read_paragraphs(paper.abstract))
    if paper.topics:
        yield "Topics: " + ", ".join(
            f"[{words(tag.name)}]({about.site}/t/{tag.slug})" for tag in paper.topics
        )
    yield f"<{about.permalink(paper)}>"


def _dates(paper: PaperView) -> Iterator[str]:
    if paper.published_at:
        yield f"published {paper.published_at:%Y-%m-%d}"
    yield f"listed {paper.listed_at:%Y-%m-%d}"


def _said(paper: PaperView) -> list[str]:
    votes = f"{paper.votes} {'vote' if paper.votes == 1 else 'votes'}"
    links = (
        (f"arXiv {paper.arxiv_id}" if paper.arxiv_id else f"DOI {paper.doi}", paper.abstract_url),
        ("PDF", paper.pdf_url),
        ("code", paper.code_url),
        ("project page", paper.project_url),
    )
    shown = [f"[{words(label)}](<{_address(address)}>)" for label, address in links if address]
    return [votes, *shown]


def _authors(paper: PaperView) -> str:
    """The first three, and how many more."""
    first, rest = paper.authors[:3], len(paper.authors) - 3
    return ", ".join(first) + (f" and {rest} more" if rest > 0 else "")


def _line(pieces: list[Piece]) -> str:
    said: list[str] = []
    for piece in pieces:
        match piece:
            case Words(text):
                said.append(_ESCAPED.sub(r"\\\g<0>", text))
            case Maths(tex):
                said.append(_formula(tex))
            case Start(style) | End(style):
                said.append(_MARKS[style])
    line = " ".join("".join(said).split())
    return _BLOCK.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def _formula(tex: str) -> str:
    """Between dollars, unless it could close them or begin markup of its own."""
    line = " ".join(tex.split())
    if "$" in line or "<" in line or "`" in line or line.endswith("\\"):
        return _ESCAPED.sub(r"\\\g<0>", plain(tex))
    return f"${line}$"


def _address(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E")


exports.register(Markdown())
