r"""TeX in titles and abstracts, as readers expect to see it: \'{e} as é, $x^2$ as a formula.

Whatever comes in, nothing is raised and nothing can inject markup.
"""

from feeds.tex.clean import one_line, paragraphs, strip_controls
from feeds.tex.reader import read
from feeds.tex.writing import as_html, as_text

__all__ = ["paragraphs_html", "to_html", "to_text"]


def to_text(tex: str) -> str:
    """One line of readable Unicode: x², not $x^2$."""
    return one_line(as_text(read(strip_controls(tex))))


def to_html(tex: str) -> str:
    """Safe inline markup of one line: emphasis, scripts, code and MathML, no links."""
    return as_html(read(strip_controls(tex))).strip()


def paragraphs_html(tex: str) -> str:
    """Safe markup with a <p> for each paragraph; blank lines part them."""
    blocks = paragraphs(strip_controls(tex))
    return "".join(f"<p>{as_html(read(block)).strip()}</p>" for block in blocks)
