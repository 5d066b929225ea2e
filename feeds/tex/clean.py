"""Take out what no reader sees: control signs, hidden direction marks, broken characters."""

import re
import unicodedata
from functools import cache

# Harmful or invisible: C0 and C1 controls but tab and line ends, soft hyphen, zero-width space,
# word joiner, bidirectional overrides and isolates, byte order mark, interlinear marks,
# surrogates, tag characters and non-characters (which XML forbids).
UNWANTED = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PRINTABLE = bytes(range(0x20, 0x7F))
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
BLANK_LINES = re.compile(r"\n\s*\n")
# The composition of long heaps of accents takes quadratic time, and no word has so many.
MOST_MARKS = 8


def strip_controls(text: str) -> str:
    """`text` in NFC with line feeds for line ends and without controls, surrogates, bidirectional
    and other invisible signs, or more than eight combining marks on one letter."""
    if not _is_printable(text.replace("\n", "")):  # of what is taken out nothing is printable
        text = LINE_END.sub("\n", text)
        text = UNWANTED.sub("", text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _few_marks(text))
    return _few_marks(text)


def one_line(text: str) -> str:
    """`text` with every run of white space as one space and none at its ends."""
    if "  " not in text and _is_printable(text):  # of white space only the space is printable
        return text.strip()
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """The blocks of `text` that blank lines part, none of them empty."""
    return [block.strip() for block in BLANK_LINES.split(text) if block and not block.isspace()]


def _is_printable(text: str) -> bool:
    if text.isascii():  # as most texts are: much faster than isprintable()
        return not text.encode().translate(None, _PRINTABLE)
    return text.isprintable()


def _few_marks(text: str) -> str:
    heap, mark = _marks()
    return heap.sub(r"\1", text) if mark.search(text) or _ASTRAL.search(text) else text


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A heap of combining marks that is too high, and a mark of the basic plane.

    A class of that plane alone is a table; with others it is a list, which takes its time.
    """
    marks = [chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))]
    one = f"[{re.escape(''.join(marks))}]"
    near = re.escape("".join(mark for mark in marks if mark <= "\uffff"))
    return re.compile(f"({one}{{{MOST_MARKS}}}){one}+"), re.compile(f"[{near}]")
