r"""Values of BibTeX: braces, quotes and macros joined by #, and the names in an author field."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from feeds.parsers.names import given_first, people
from feeds.tex import to_text

# Macros may double one another; a value that grows beyond this is cut off.
LONGEST_VALUE = 200_000
LONGEST_NAMES = 2_000_000
_BRACES = re.compile(r"(?<!\\)[{}]")
_QUOTES = re.compile(r'(?<!\\)[{}"]')
_MACRO = re.compile(r"[^\s#{}\",]+")
_JOINED = re.compile(r"\s*#\s*")
_NEXT_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:.+/-]{0,60})\s*=\s*")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?\s*|\\.?|\$+|[{}^_]|[^\\${}^_]+", re.DOTALL)
_AND = re.compile(r"\\.|[{}]|\s+and(?=\s)", re.IGNORECASE | re.DOTALL)
_COMMA = re.compile(r"\\.|[{},]", re.DOTALL)
_EXTENDED = re.compile(r"(family|given|prefix|suffix)\s*=\s*", re.IGNORECASE)
_OTHERS = frozenset({"others", "et al", "et al."})


def fields(name: str, value: str, macros: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The field, and those that follow it where the commas between them are missing."""
    at = 0
    while name:
        text, end = _read(value, at, macros)
        following = _NEXT_FIELD.match(value, end)
        if following is None and value[end:].strip() and value[at] not in '{"':
            text = value[at:]  # words without braces or quotes around them
        yield name.lower(), text
        name, at = (following[1], following.end()) if following else ("", end)


def macro(value: str, macros: Mapping[str, str]) -> str:
    """The text that a @string stands for."""
    return _read(value, 0, macros)[0]


def unbraced(tex: str) -> str:
    r"""TeX without the braces that only keep capitals: {BERT}, {D}eep, {{A Title}}.

    Braces that TeX needs stay: of arguments, of formulas, and where a command begins within.
    """
    pieces = _TOKEN.findall(tex)
    formulas = sum(piece.startswith("$") for piece in pieces) % 2 == 0
    said: list[str] = []
    kept: list[bool] = []
    in_formula, before = False, ""
    for piece, following in pairwise([*pieces, ""]):
        shown = piece
        if piece.startswith("$") and formulas:
            in_formula = not in_formula
        elif piece == "{":
            argument = before.startswith("\\") or before in ("^", "_", "}")
            kept.append(in_formula or argument or following.startswith("\\"))
            shown = piece if kept[-1] else ""
        elif piece == "}" and kept:
            shown = piece if kept.pop() else ""
        said.append(shown)
        before = shown
    return "".join(said)


def names(value: str) -> list[str]:
    """The people and bodies of an author field, given names first, in Unicode."""
    named = [part.strip() for part in _parted(value[:LONGEST_NAMES], _AND)]
    if len(named) == 1 and (";" in value or len(list(_parted(value, _COMMA))) > 3):
        named = people(value)  # parted by commas or semicolons, as BibTeX would not
    read = map(_name, named)
    return [name for name in read if name and name.lower() not in _OTHERS]


def _name(text: str) -> str:
    parts = [part.strip() for part in _parted(text[:LONGEST_VALUE], _COMMA)]
    if len(parts) > 1 and all(_EXTENDED.match(part) for part in parts):
        said = {_EXTENDED.split(part)[1].lower(): _EXTENDED.split(part, 1)[2] for part in parts}
        order = ("given", "prefix", "family", "suffix")
        parts = [" ".join(said[part].strip('"') for part in order if part in said)]
    plain = [to_text(unbraced(part)) for part in parts if part]
    return given_first(", ".join(plain)) if len(plain) > 1 else "".join(plain)


def _parted(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    """What stands between the separators that no braces hide."""
    depth = start = 0
    for found in separator.finditer(text):
        sign = found[0]
        if sign.startswith("\\"):
            continue
        if sign in "{}":
            depth = max(0, depth + (1 if sign == "{" else -1))
        elif depth == 0:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _read(value: str, at: int, macros: Mapping[str, str]) -> tuple[str, int]:
    """The text that begins at `at`, its pieces joined, and the place after it."""
    said: list[str] = []
    size = 0
    while at < len(value):
        piece, at = _piece(value, at, macros)
        size += len(piece)
        if size <= LONGEST_VALUE:
            said.append(piece)
        joined = _JOINED.match(value, at)
        if joined is None:
            break
        at = joined.end()
    return "".join(said), at


def _piece(value: str, at: int, macros: Mapping[str, str]) -> tuple[str, int]:
    if value[at] == "{":
        return _enclosed(value, at, _BRACES)
    if value[at] == '"':
        return _enclosed(value, at, _QUOTES)
    if found := _MACRO.match(value, at):
        return macros.get(found[0].lower(), found[0]), found.end()
    return "", at + 1


def _enclosed(value: str, at: int, signs: re.Pattern[str]) -> tuple[str, int]:
    """What stands between the brace or quote at `at` and the one that closes it."""
    depth = 0
    quoted = value[at] == '"'
    for found in signs.finditer(value, at + 1):
        if depth == 0 and found[0] == ('"' if quoted else "}"):
            return value[at + 1 : found.start()], found.end()
        if found[0] != '"':
            depth = max(0, depth + (1 if found[0] == "{" else -1))
    return value[at + 1 :], len(value)
