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
BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")
# The composition of long heaps of accents takes quadratic time, and no word has so many.
MOST_MARKS = 8


def strip_controls(text: str) -> str:
    """`text` in NFC with line feeds for line ends and without controls, surrogates, bidirectional
    and other invisible signs, or more than eight combining marks on one letter."""
    text = LINE_END.sub("\n", text)
    text = UNWANTED.sub("", text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _few_marks(text))
    return _few_marks(text)


def one_line(text: str) -> str:
    """`text` with every run of white space as one space and none at its ends."""
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """The blocks of `text` that blank lines part, none of them empty."""
    return [block for block in BLANK_LINES.split(text) if block and not block.isspace()]


def _few_marks(text: str) -> str:
    return _heap_of_marks().sub(r"\1", text)


@cache
def _heap_of_marks() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{re.escape(marks)}]{{{MOST_MARKS}}})[{re.escape(marks)}]+")
