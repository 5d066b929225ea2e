"""Lines of a papers page joined to paragraphs, each with what it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feeds.parsers.page_blocks import Block
from feeds.parsers.page_signs import Kind, Sign, sign
from feeds.tex.clean import one_line

LONGEST_TITLE = 300
_FULL_STOP = re.compile(r"[.!?…][\"”’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z0-9\"“(]|$)")


@dataclass(slots=True)
class Paragraph:
    """One or more lines of the same kind: a title, an abstract, a count, a day …"""

    block: Block
    lines: list[str]
    sign: Sign

    @property
    def text(self) -> str:
        return one_line(" ".join(self.lines))

    @property
    def kind(self) -> Kind:
        return self.sign.kind


def paragraphs(found: Iterable[Block], today: date) -> list[Paragraph]:
    """The blocks as paragraphs: lines of running text that no blank line parts become one.

    In a dump without blank lines each line stands for itself.
    """
    read = [Paragraph(block, list(block.lines), sign(block, today)) for block in found]
    texts = [one for one in read if one.kind is Kind.TEXT and not one.block.url]
    if texts and sum(one.block.after_blank for one in texts) < 0.1 * len(texts):
        return read
    joined: list[Paragraph] = []
    for one in read:
        if joined and _continues(joined[-1], one):
            joined[-1].lines.extend(one.lines)
        else:
            joined.append(one)
    return [part for one in joined for part in _parted(one)]


def reads_as_abstract(text: str) -> bool:
    """Whether a paragraph is too long for a title, or is made of sentences."""
    if len(text) > LONGEST_TITLE:
        return True
    if not _FULL_STOP.search(text):
        return False
    stops = len(_SENTENCE_END.findall(text))
    return stops > 1 or (text.rstrip('"”’)]').endswith((".", "…")) and len(text.split()) > 7)


def _continues(before: Paragraph, one: Paragraph) -> bool:
    if one.block.after_blank or one.block.heading or before.block.linked or one.block.linked:
        return False
    if before.kind is not Kind.TEXT:
        return False
    # Inside running text a line may look like a count or a day: the end of a wrapped sentence.
    return one.kind is Kind.TEXT or (
        one.kind in (Kind.COUNT, Kind.DAY)
        and len(before.lines[-1]) > 40
        and not _FULL_STOP.search(before.lines[-1])
        and not one.block.lines[0].startswith(("·", "-", "[", "•"))
    )


def _parted(one: Paragraph) -> list[Paragraph]:
    """A title with its abstract on the very next line, as two; anything else as it is."""
    first, rest = one.lines[0], one.lines[1:]
    if one.kind is not Kind.TEXT or not rest or one.block.url:
        return [one]
    widest = max(map(len, rest))
    title_alone = len(first) < 0.75 * widest or widest > LONGEST_TITLE
    if one.block.heading:
        title_alone = reads_as_abstract(" ".join(rest))
    if not title_alone or _FULL_STOP.search(first) or not reads_as_abstract(" ".join(rest)):
        return [one]
    if not one.block.heading and not rest[0][:1].isupper():
        return [one]
    return [Paragraph(one.block, [first], one.sign), Paragraph(_below(one.block), rest, one.sign)]


def _below(block: Block) -> Block:
    return Block(block.lines[1:], block.line + 1)
