"""Find the formulas of a text, and tell a dollar of TeX from a dollar of money."""

import re
from bisect import bisect_left
from typing import NamedTuple

# No formula of an abstract is longer; what seems so is a pair of stray delimiters.
LONGEST = 5_000

ESCAPE_OR_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)
# Signs that prose never has: a command (but one of running text), a sub- or superscript.
TEX_SIGN = re.compile(
    r"\\(?!text|emph|url|href|cite|[uU]S)[A-Za-z]+|\\[|{},!;:]|\^\S|_[\w{\\]|\{,\}"
)
TEXT_ARGUMENT = re.compile(r"\\(?:text\w*|mbox|mathrm|operatorname\*?)\s*\{[^{}]*\}")
PROSE_WORD = re.compile(r"(?:^|(?<=[\s(]))[A-Za-z][A-Za-z'’-]+[,.;:)]?(?=\s|$)")
RELATIONS = re.compile(r"[<>=~≤≥≈∼≃±×→+\-–—\s]+")
PLAIN_NUMBER = re.compile(r"[-+]?\d[\d.,]*|[A-Za-z]")
CURRENCY = re.compile(r"(?:\b(?:US|USD|AU|NZ|HK|CA|SG|NT|A|C|R|S)|[€£¥])$")

# Formulas that are words: $\textbf{L}$, $\href{…}{…}$.
WORDS_IN_DOLLARS = re.compile(
    r"\s*(?:\\(?:text(?:bf|it|tt|sc|sf|rm|md|up|normal)?|emph|mbox)\{[^{}$\\]*\}"
    r"|\\math(?:bf|it|rm|sf|tt)\{[A-Za-z][A-Za-z -]*[a-z-][A-Za-z -]*\}"
    r"|\{\s?\\(?:bf|it|em|tt|sc|sf|rm)\s[^{}$\\]*\}"
    r"|\\href\{[^{}]*\}\s*\{[^{}]*\}|\\url\{[^{}]*\})\s*"
)


class Formula(NamedTuple):
    """The TeX between two delimiters, and the place after the closing one."""

    tex: str
    end: int


class Dollars:
    """The dollar signs of one text that no backslash escapes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = [
            match.start() for match in ESCAPE_OR_DOLLAR.finditer(text) if match[0] == "$"
        ]

    def formula_at(self, start: int) -> Formula | None:
        """The formula that the dollar at `start` opens, or None when it is money or stray."""
        if self._text.startswith("$$", start):
            return self._between(start, "$$", self._text.find("$$", start + 2))
        place = bisect_left(self._places, start + 1)
        return self._between(start, "$", self._places[place] if place < len(self._places) else -1)

    def _between(self, start: int, sign: str, close: int) -> Formula | None:
        if close < 0:
            return None
        tex = self._text[start + len(sign) : close]
        end = close + len(sign)
        before, after = self._text[max(0, start - 4) : start], self._text[end : end + 1]
        return Formula(tex, end) if reads_as_maths(tex, before, after) else None


def bracketed_at(text: str, start: int) -> Formula | None:
    r"""The formula that \( or \[ at `start` opens."""
    close = text.find({"(": "\\)", "[": "\\]"}[text[start + 1]], start + 2, start + LONGEST)
    tex = text[start + 2 : close]
    return Formula(tex, close + 2) if close >= 0 and tex.strip() and "\n" not in tex else None


def reads_as_maths(tex: str, before: str, after: str) -> bool:
    """Whether `tex` between two dollars is a formula, by what TeX and money look like.

    `before` are the few signs before the opening dollar, `after` is the one after the closing.
    """
    if not tex.strip() or len(tex) > LONGEST or "\n" in tex:
        return False
    words = len(PROSE_WORD.findall(TEXT_ARGUMENT.sub("", tex)))
    if TEX_SIGN.search(tex):
        return words < 4
    if WORDS_IN_DOLLARS.fullmatch(tex) or RELATIONS.fullmatch(tex):
        return True
    if tex[0].isspace() or tex[-1].isspace():
        return bool(PLAIN_NUMBER.fullmatch(tex.strip())) and tex[0].isspace() == tex[-1].isspace()
    return words < 2 and not _reads_as_money(tex, before, after)


def _reads_as_money(tex: str, before: str, after: str) -> bool:
    if after.isdigit() or (after.isalnum() and tex[-1] in "/(,"):
        return True
    if not tex[0].isdigit():
        return False
    # "$5 million" is an amount, "$5 ms$" a measure.
    return bool(CURRENCY.search(before)) or bool(re.search(r"\s[A-Za-z]{4,}", tex))
