"""What readers see of a title and an abstract, made once when those are written."""

import re
from dataclasses import dataclass

from feeds.tex import Piece, as_html, as_text, one_line, read_line, read_paragraphs

EXCERPT_LENGTH = 240
# A full stop before a capital, unless it ends a usual abbreviation or an initial.
_SENTENCE_END = re.compile(
    # The sign comes first, as it is what a search can leap to; then the dot is it, looking back.
    r"[.!?](?= [A-Z(“\"])(?<=\w.)"
    r"(?<!\bal.)(?<!\be\.g.)(?<!\bi\.e.)(?<!\bvs.)(?<!\bcf.)(?<!\b[A-Z].)"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Readable plain text and safe markup of a paper's words."""

    title_text: str
    title_html: str
    abstract_html: str
    excerpt: str


def prepare(title: str, abstract: str) -> Prepared:
    heading, blocks = read_line(title), read_paragraphs(abstract)
    # Words that stand over two paragraphs read differently in one line; most are one anyway.
    line = blocks[0] if len(blocks) == 1 else read_line(abstract)
    return Prepared(
        title_text=one_line(as_text(heading)),
        title_html=as_html(heading).strip(),
        abstract_html="".join(f"<p>{as_html(block).strip()}</p>" for block in blocks),
        excerpt=_excerpt_of(line),
    )


def _excerpt_of(line: list[Piece]) -> str:
    """The excerpt of a line's text, without writing the rest of it where that is long."""
    beginning = one_line(as_text(line, enough=2 * EXCERPT_LENGTH))
    return excerpt(beginning if len(beginning) > EXCERPT_LENGTH + 2 else one_line(as_text(line)))


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
