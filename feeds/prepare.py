"""What readers see of a title and an abstract, made once when those are written."""

from dataclasses import dataclass

from feeds.tex import paragraphs_html, to_html, to_text

EXCERPT_LENGTH = 240


@dataclass(frozen=True, slots=True)
class Prepared:
    """Readable plain text and safe markup of a paper's words."""

    title_text: str
    title_html: str
    abstract_html: str
    excerpt: str


def prepare(title: str, abstract: str) -> Prepared:
    return Prepared(
        title_text=to_text(title),
        title_html=to_html(title),
        abstract_html=paragraphs_html(abstract),
        excerpt=excerpt(to_text(abstract)),
    )


def excerpt(text: str, length: int = EXCERPT_LENGTH) -> str:
    """The beginning of `text`, cut between words, at most `length` signs and an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length + 1].rsplit(" ", 1)[0][:length]
    return cut.rstrip(" ,;:.–—-(") + " …"
