r"""TeX in titles and abstracts, as readers expect to see it: \'{e} as é, $x^2$ as a formula.

Whatever comes in, nothing is raised and nothing can inject markup.
"""

from feeds.tex.clean import one_line, paragraphs, strip_controls
from feeds.tex.pieces import Piece
from feeds.tex.reader import read
from feeds.tex.writing import as_html, as_text

__all__ = [
    "Piece",
    "as_html",
    "as_text",
    "one_line",
    "paragraphs_html",
    "read_line",
    "read_paragraphs",
    "to_html",
    "to_text",
]


def read_line(tex: str) -> list[Piece]:
    """What one line is made of: read once, to be written as text and as markup."""
    return read(strip_controls(tex))


def read_paragraphs(tex: str) -> list[list[Piece]]:
    """What each paragraph is made of; blank lines part them."""
    return [read(block) for block in paragraphs(strip_controls(tex))]


def to_text(tex: str) -> str:
    """One line of readable Unicode: x², not $x^2$."""
    return one_line(as_text(read_line(tex)))


def to_html(tex: str) -> str:
    """Safe inline markup of one line: emphasis, scripts, code and MathML, no links."""
    return as_html(read_line(tex)).strip()


def paragraphs_html(tex: str) -> str:
    """Safe markup with a <p> for each paragraph; blank lines part them."""
    return "".join(f"<p>{as_html(block).strip()}</p>" for block in read_paragraphs(tex))
