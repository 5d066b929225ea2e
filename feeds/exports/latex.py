r"""Words and formulas as TeX that BibTeX reads: UTF-8, braces balanced, formulas as they were.

BibTeX counts every brace, one behind a backslash too, so none that stands alone is written.
"""

import re
from collections.abc import Iterator

from feeds.tex import Piece, read_line, read_paragraphs
from feeds.tex.pieces import End, Maths, Start, Words
from feeds.tex.plain import plain

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    **{sign: f"\\{sign}" for sign in "%&#$_"},
}
_ESCAPES = str.maketrans(_SPECIAL)
_COMMANDS = {
    "em": "emph",
    "strong": "textbf",
    "code": "texttt",
    "sub": "textsubscript",
    "sup": "textsuperscript",
}
_WORD = re.compile(r"\S+")
# A brace behind this would begin an entry.
_LIKE_ENTRY = re.compile(r"@\w*\s*$")
# The rest of the line is a comment behind it.
_OPEN_PERCENT = re.compile(r"(?<!\\)%")


def escaped(text: str) -> str:
    """Plain text as TeX that sets the same signs."""
    return text.translate(_ESCAPES)


def title_tex(title: str) -> str:
    """A title with the words in braces whose capitals a style must not take away."""
    pieces = read_line(title)
    shown = " ".join(piece.text for piece in pieces if isinstance(piece, Words))
    return _written(pieces, _Capitals(shown))


def abstract_tex(abstract: str) -> str:
    return " ".join(_written(block, None) for block in read_paragraphs(abstract))


class _Capitals:
    """Which words of a title keep their capitals: those with one inside (BERT), and where the
    title is written like a sentence all but its first (Bayesian).
    """

    def __init__(self, title: str) -> None:
        long = [word for word in title.split()[1:] if len(word) > 3 and word[0].isalpha()]
        small = sum(word[0].islower() for word in long)
        self._sentence = small > len(long) / 2
        self._first = True

    def keep(self, word: str) -> bool:
        first, self._first = self._first, False
        if any(sign.isupper() for sign in word[1:]):
            return True
        return not first and self._sentence and word[:1].isupper()


def _written(pieces: list[Piece], capitals: _Capitals | None) -> str:
    said: list[str] = []
    for piece in _joined(pieces):
        match piece:
            case Words(text):
                said.append(_words(text, capitals, _may_open(said)))
            case Maths(tex):
                said.append(_formula(tex, guarded=capitals is not None and _may_open(said)))
            case Start(style):
                said.append(f"\\{_COMMANDS[style]}{{")
            case End():
                said.append("}")
    return " ".join("".join(said).split())


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """With the words that stand side by side in one piece, so that none is cut in two."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Words):
            text += piece.text
            continue
        if text:
            yield Words(text)
        text = ""
        yield piece
    if text:
        yield Words(text)


def _words(text: str, capitals: _Capitals | None, may_open: bool) -> str:
    """`may_open` says whether the first word may begin with a brace."""
    if capitals is None:
        return escaped(text)

    def word(found: re.Match[str]) -> str:
        before, tex = text[: found.start()], escaped(found[0])
        open_here = may_open if not before else not _LIKE_ENTRY.search(before)
        kept = capitals.keep(found[0].lstrip("([“‘\"'")) and tex[0] not in "\\{"
        return f"{{{tex}}}" if kept and open_here else tex

    return _WORD.sub(word, text)


def _may_open(said: list[str]) -> bool:
    """Whether a brace here is no command's argument, and begins no entry."""
    before = said[-1] if said else ""
    if _LIKE_ENTRY.search(before):
        return False
    return not before or before[-1] in " -" or before[-1].isalpha()


def _formula(tex: str, *, guarded: bool) -> str:
    tex = " ".join(tex.split())
    if not _balanced(tex):
        tex = tex.replace(r"\{", r"\lbrace ").replace(r"\}", r"\rbrace ")
    strange = set("@$") & set(tex) or tex.endswith("\\") or _OPEN_PERCENT.search(tex)
    if strange or not _balanced(tex):
        return escaped(plain(tex))
    return f"{{${tex}$}}" if guarded else f"${tex}$"


def _balanced(tex: str) -> bool:
    depth = 0
    for sign in tex:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
