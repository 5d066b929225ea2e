"""Markup in fields (HTML, JATS, MathML) as the plain text that it shows."""

import html
import re
from collections.abc import Iterator

# Longer text is no field of a paper; its beginning is read.
LONGEST = 400_000
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)"
    r"|<\?(?:CDATA(?P<tex>.*?)|.*?)(?:\?>|\Z)"  # some publishers' TeX; any other instruction
    r"|<(?P<close>/?)(?P<prefix>[a-z]{1,9}:)?(?P<name>[a-z][a-z0-9-]*)\b[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"<(?:jats:)?(?P<kind>su[bp])\b[^<>]*>(?P<text>[^<>$\\{}]{1,40})</(?:jats:)?(?P=kind)>",
    re.IGNORECASE,
)
_TEX_BODY = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)
_HUGE_NUMBER = re.compile(r"&#x?[0-9a-f]{8,};?", re.IGNORECASE)
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|i|b|em|strong|su[bp]|br|div|span|a|jats:\w+)\b", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_HIDDEN = frozenset(
    "script style head template noscript iframe svg select textarea annotation "
    "annotation-xml".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog disp-formula div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li list list-item "
    "main nav ol p pre sec section summary table tbody td tfoot th thead title tr ul".split()
)
_INLINE = frozenset(
    "a abbr acronym alternatives audio b bdi bdo big bold br button cite code data del dfn em "
    "email embed ext-link font i img inline-formula inline-graphic input ins italic kbd label "
    "link mark math merror meta mfenced mfrac mi mmultiscripts mn mo monospace mover mpadded "
    "mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext "
    "mtr munder munderover named-content object picture q roman s samp sc semantics small source "
    "span strike strong styled-content sub sup tex-math time tt u underline uri var video wbr "
    "xref".split()
)
_KNOWN = _HIDDEN | _BLOCKS | _INLINE
_FORMULAS = frozenset({"inline-formula", "disp-formula", "alternatives"})


def plain(markup: object) -> str:
    """The text of `markup`, blocks parted by blank lines; "" where it is no text.

    Entities are read, TeX stays, scripts (10<sup>5</sup>) become TeX, and of a formula in both
    TeX and MathML the TeX is taken. "<" before what is no known tag stays a "<".
    """
    if not isinstance(markup, str):
        return ""
    text = markup[:LONGEST]
    if _ESCAPED_TAG.search(text):
        text = _unescaped(text)
    if "<" not in text:
        return _unescaped(text)
    return _Reader().read(_SCRIPT.sub(_script, text))


def inline(markup: object) -> str:
    """As `plain`, on one line."""
    return " ".join(plain(markup).split())


def _script(found: re.Match[str]) -> str:
    """As TeX, in which what is raised or lowered keeps its meaning in plain text."""
    text = found["text"].strip()
    sign = "^" if found["kind"].lower() == "sup" else "_"
    return f"${sign}{{{text}}}$" if text else ""


def _unescaped(text: str) -> str:
    return html.unescape(_HUGE_NUMBER.sub("", text))


class _Reader:
    def __init__(self) -> None:
        self._out: list[str] = []
        self._hidden = ""  # the name of the element that hides what is read
        self._tex = False  # within tex-math
        self._math: list[int] = []  # where the MathML of a formula begins and ends
        self._has_tex = False

    def read(self, text: str) -> str:
        blocks = False
        at = 0
        for piece in _pieces(text):
            name = piece["name"].lower() if piece["name"] else ""
            blocks = blocks or name in _BLOCKS
            self._say(text[at : piece.start()])
            at = piece.end()
            if not name:
                self._say(piece["data"] or piece["tex"] or "")
            elif self._hidden:
                if piece["close"] and name == self._hidden:
                    self._hidden = ""
            elif piece["close"]:
                self._close(name)
            else:
                self._open(name)
        self._say(text[at:])
        self._drop_twin()
        if not blocks:
            return "".join(self._out).replace("\0", "\n\n").replace("\1", "\n")
        shown = _SPACE.sub(" ", "".join(self._out))
        return shown.replace("\0", "\n\n").replace("\1", "\n").strip()

    def _say(self, text: str) -> None:
        if not text or self._hidden:
            return
        if self._tex:
            body = _TEX_BODY.search(text)
            text = (body[1] if body else text).strip()
            text = text if text.startswith(("$", "\\(", "\\[")) else f"${text}$"
        self._out.append(_unescaped(text).replace("\0", "").replace("\1", ""))

    def _open(self, name: str) -> None:
        if name in _HIDDEN:
            self._hidden = name
        elif name in _FORMULAS and name != "alternatives":
            self._drop_twin()
        elif name == "tex-math":
            self._tex = self._has_tex = True
        elif name == "math":
            self._math.append(len(self._out))
        self._part(name)

    def _close(self, name: str) -> None:
        if name == "tex-math":
            self._tex = False
        elif name == "math" and len(self._math) % 2:
            self._math.append(len(self._out))
        elif name in _FORMULAS:
            self._drop_twin()
        self._part(name)

    def _part(self, name: str) -> None:
        if name in _BLOCKS:
            self._out.append("\0")
        elif name == "br":
            self._out.append("\1")

    def _drop_twin(self) -> None:
        """Takes out the MathML of a formula whose TeX was read, too."""
        if self._has_tex:
            for start, end in zip(self._math[::2], self._math[1::2], strict=False):
                self._out[start:end] = [""] * (end - start)
        self._math, self._has_tex = [], False


def _pieces(text: str) -> Iterator[re.Match[str]]:
    for piece in _PIECE.finditer(text):
        name = (piece["name"] or "").lower()
        if not name or piece["prefix"] or name in _KNOWN:
            yield piece
