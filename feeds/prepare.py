"""What readers see of a title and an abstract, made once when those are written."""

import re
from dataclasses import dataclass

from feeds.tex import paragraphs_html, to_html, to_text

EXCERPT_LENGTH = 240
# A full stop before a capital, unless it ends a usual abbreviation or an initial.
_SENTENCE_END = re.compile(
    r"(?<!\bal)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bcf)(?<!\b[A-Z])(?<=\w)[.!?](?= [A-Z(“\"])"
)


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
    """The beginning of `text`: its first sentences as far as `length` signs reach.

    Where not even one fits it is cut between words, with an ellipsis.
    """
    if len(text) <= length:
        return text
    ends = [end.start() + 1 for end in _SENTENCE_END.finditer(text, 0, length + 2)]
    if ends:
        return text[: ends[-1]]
    cut = text[: length + 1].rsplit(" ", 1)[0][:length]
    return cut.rstrip(" ,;:.–—-(") + " …"
