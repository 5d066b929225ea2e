"""The text dump of a web page as blocks: lines, headings and links of whichever dump it is."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from feeds.tex.clean import one_line

LONGEST_LINK = 60_000
MOST_OPENINGS = 20


@dataclass(frozen=True, slots=True)
class Block:
    """A line, or the whole text of a link (`linked`), as `lines`, none of them empty.

    `url` is where it leads, as far as the dump tells; `after_blank` parts paragraphs.
    """

    lines: tuple[str, ...]
    line: int
    url: str = ""
    heading: bool = False
    after_blank: bool = True
    linked: bool = False

    @property
    def text(self) -> str:
        return one_line(" ".join(self.lines))


_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\s]{0,2000}\)")
_ALT_IN_LINK = re.compile(r"\[\[[^\[\]\n]{0,200}\]")
_TAG = re.compile(r"</?(?:a|img|br|svg|span|div)(?:\s[^<>\n]{0,300})?/?>", re.IGNORECASE)
_LINK_END = re.compile(
    r"""\](?:\((?P<url>(?:https?://|/|\#)[^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?)
                (?:\s+"[^"\n]{0,300}")?\)
           | \[(?P<number>\d{1,5})\])""",
    re.VERBOSE,
)
_OPENING = re.compile(r"^(?P<before>[ \t]*(?:\#{1,6}[ \t]+)?(?:[-*•][ \t]+)*)\[", re.MULTILINE)
_INLINE = re.compile(r"\[([^\[\]\n]{1,500})\](?:\((?:https?://|/|#)[^\s()]*\)|\[\d{1,5}\])")
_COUNT_BEHIND_DAY = re.compile(
    r"^([ \t·]*(?:Published on )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)[ \t]*"
    r"\[ ?(\d{1,6}) ?\](?:\([^\s()]*\)|\[\d{1,5}\])[ \t]*$",
    re.MULTILINE,
)
_REFERENCE = re.compile(
    r"^[ \t]*(?:\[(\d{1,5})\]:?|(\d{1,5})\.)[ \t]+<?((?:https?://|/)[^\s<>]{1,2000})>?[ \t]*$",
    re.MULTILINE,
)
_HALF_OPEN = re.compile(
    r"\([^()\[\]\n]{1,30},[^()\[\]\n]{1,30}\]|\[[^()\[\]\n]{1,30},[^()\[\]\n]{1,30}\)"
)
_ADDRESS = re.compile(r"<?((?:https?://|/papers?/)[^\s<>]{1,2000})>?")
_HEADING = re.compile(r"[ \t]*\#{1,6}[ \t]+")
_ESCAPED = re.compile(r"\\([\\\-\[\]()*_#`~.!>+{}|])")


def blocks(text: str) -> list[Block]:
    """The blocks of a dump in order, links resolved: inline `[text](url)`, `[text][n]` with its
    list at the end, and addresses on lines of their own below what they belong to."""
    references = {a or b: url for a, b, url in _REFERENCE.findall(text)}
    text = _REFERENCE.sub("", text)
    text = _TAG.sub("", _IMAGE.sub("", text))
    text = _ALT_IN_LINK.sub("[", text)
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    brackets = _Brackets(text)
    found: list[Block] = []
    at = 0
    for end in _LINK_END.finditer(text):
        opening = brackets.opening_of(at, end.start())
        if opening is None:
            continue
        _add_lines(found, text, (at, opening.start()), bisect_right(starts, at))
        url = end["url"] or references.get(end["number"], "")
        link = _link(text, opening, end, url, bisect_right(starts, opening.start()))
        found += [link] if link.lines else []
        at = end.end()
    _add_lines(found, text, (at, len(text)), bisect_right(starts, at))
    return _with_addresses(found)


def is_markdown(text: str) -> bool:
    return "](http" in text or "](/papers" in text


def unescaped(text: str) -> str:
    r"""Text without the backslashes of Markdown: hard breaks and `\-`."""
    text = re.sub(r"\\{1,2}(?=\s|$)", " ", text, flags=re.MULTILINE)
    return _ESCAPED.sub(r"\1", text)


class _Brackets:
    """Where the brackets of a text stand, but those of half-open intervals like [0, 1)."""

    def __init__(self, text: str) -> None:
        self._text = text
        intervals = set()
        for found in _HALF_OPEN.finditer(text):
            intervals |= {found.start(), found.end() - 1}
        self._at: list[int] = []
        self._depths = [0]
        for bracket in re.finditer(r"[\[\]]", text):
            if bracket.start() not in intervals:
                self._at.append(bracket.start())
                self._depths.append(self._depths[-1] + (1 if bracket[0] == "[" else -1))
        openings = _OPENING.finditer(text)
        self._openings = [found for found in openings if found.end() - 1 not in intervals]
        self._starts = [found.start() for found in self._openings]

    def opening_of(self, start: int, end: int) -> re.Match[str] | None:
        """The one at the beginning of a line that the one at `end` closes, if there is one.

        It is the nearest between which and the end brackets match; an abstract may hold an odd
        one, so else the nearest at the beginning of a paragraph.
        """
        last = bisect_left(self._starts, end)
        first = bisect_left(self._starts, max(start, end - LONGEST_LINK))
        openings = self._openings[max(first, last - MOST_OPENINGS) : last][::-1]
        for opening in openings:
            if self._depth(opening.end()) == self._depth(end):
                return opening
        return next((one for one in openings if _begins_paragraph(self._text, one.start())), None)

    def _depth(self, at: int) -> int:
        return self._depths[bisect_left(self._at, at)]


def _begins_paragraph(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at] in ("", "\n", "\n\n")


def _link(text: str, opening: re.Match[str], end: re.Match[str], url: str, number: int) -> Block:
    inside = text[opening.end() : end.start()]
    lines = tuple(line.strip() for line in inside.split("\n") if line.strip())
    blank = _begins_paragraph(text, opening.start())
    return Block(lines, number, url, "#" in opening["before"], after_blank=blank, linked=True)


def _add_lines(found: list[Block], text: str, span: tuple[int, int], number: int) -> None:
    """The lines of a span of the text as blocks; inline links lose their addresses."""
    start, end = span
    blank = text[max(0, start - 1) : start] in ("", "\n")
    for line in _inline(text[start:end]).split("\n"):
        bare = line.strip()
        if bare:
            heading = _HEADING.match(line)
            bare = line[heading.end() :].strip() if heading else bare
            found.append(Block((bare,), number, "", bool(heading), after_blank=blank))
        blank = not bare
        number += 1


def _inline(text: str) -> str:
    """Text without the addresses of links inside lines; a count behind a day stands by itself."""
    return _INLINE.sub(r"\1", _COUNT_BEHIND_DAY.sub("\\1\n\\2 comments", text))


def _with_addresses(found: list[Block]) -> list[Block]:
    """Gives an address on a line of its own to the block above it."""
    named: list[Block] = []
    for block in found:
        address = _ADDRESS.fullmatch(block.text) if not block.url else None
        if address is None or not (block.after_blank or "/papers/" in block.text):
            named.append(block)
        elif named and not named[-1].url:
            named[-1] = replace(named[-1], url=address[1])
    return named
