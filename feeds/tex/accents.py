r"""Accents and special letters of TeX: \"o, \'{e}, \v s, \o, \ss."""

import re
import unicodedata
from typing import NamedTuple

MARKS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "b": "\u0331",
    "c": "\u0327",
    "d": "\u0323",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
    "u": "\u0306",
    "v": "\u030c",
}
LETTERS = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "i": "ı",
    "j": "ȷ",
    "l": "ł",
    "L": "Ł",
    "ng": "ŋ",
    "NG": "Ŋ",
    "o": "ø",
    "O": "Ø",
    "oe": "œ",
    "OE": "Œ",
    "ss": "ß",
    "th": "þ",
    "TH": "Þ",
}
# Listings that read every command as an accent print \rho as \r{ho}.
SPLIT_GREEK = {
    f"{name[0]}{{{name[1:]}}}": letter
    for name, letter in {"rho": "ρ", "beta": "β", "delta": "δ", "chi": "χ", "kappa": "κ"}.items()
} | {"t{au}": "τ", "t{heta}": "θ", "v{arepsilon}": "ε", "u{psilon}": "υ"}

ACCENTED = re.compile(
    r"""\\(?: (?P<sign>["'`^~=.]) | (?P<name>[bcdHkruv])(?![A-Za-z])\s* )
        (?: \{\s*(?P<braced>\\[ij]|[A-Za-z])\s*\} | (?P<bare>\\[ij](?![A-Za-z])|[A-Za-z]) )""",
    re.VERBOSE,
)
GREEK_PART = re.compile(r"\\([a-z]\{[a-z]+\})")
QUOTED = re.compile(r'\\"[^"\\{}]{1,60}\\"(?![A-Za-z{\\])')
POSSESSIVE = re.compile(r"(?<=\w)\\'(?=s?(?!\w|\{|\\))")


class Letter(NamedTuple):
    """A letter read at some place of a text, and the place after it."""

    text: str
    end: int


def letter_at(text: str, start: int) -> Letter | None:
    r"""The accented letter that the backslash at `start` begins. None where there is none, where
    Unicode has no such letter, or where \" and \' are quotes and apostrophes of a program."""
    if match := POSSESSIVE.match(text, start):
        return Letter("'", match.end())
    if (match := GREEK_PART.match(text, start)) and match[1] in SPLIT_GREEK:
        return Letter(SPLIT_GREEK[match[1]], match.end())
    match = ACCENTED.match(text, start)
    if match is None or QUOTED.match(text, start):
        return None
    base = (match["braced"] or match["bare"]).removeprefix("\\")
    letter = unicodedata.normalize("NFC", base + MARKS[match["sign"] or match["name"]])
    return Letter(letter, match.end()) if len(letter) == 1 else None
