"""What readers see of a title and an abstract, made once when those are written."""

from dataclasses import dataclass

from feeds.gist import gist
from feeds.tex import as_html, as_text, one_line, read_line, read_paragraphs


@dataclass(frozen=True, slots=True)
class Prepared:
    """Readable plain text and safe markup of a paper's words; `excerpt` is the abstract's gist."""

    title_text: str
    title_html: str
    abstract_html: str
    excerpt: str


def prepare(title: str, abstract: str) -> Prepared:
    heading, blocks = read_line(title), read_paragraphs(abstract)
    # Words that stand over two paragraphs read differently in one line; most are one anyway.
    line = blocks[0] if len(blocks) == 1 else read_line(abstract)
    title_text = one_line(as_text(heading))
    return Prepared(
        title_text=title_text,
        title_html=as_html(heading).strip(),
        abstract_html="".join(f"<p>{as_html(block).strip()}</p>" for block in blocks),
        excerpt=gist(title_text, one_line(as_text(line))),
    )
