r"""Formulas as plain text: x² for x^2, 1/2 for \frac{1}{2}, O(n log n)."""

import re
import unicodedata
from collections.abc import Callable

from feeds.tex.alphabets import SUBSCRIPTS, SUPERSCRIPTS, lettered
from feeds.tex.notation import ACCENTS, FONTS, FUNCTIONS, SPACES, STACKED, normal
from feeds.tex.symbols import SIGNS

TOKEN = re.compile(
    r"\\(?:text|operatorname) ?\{[^{}]*\}|\\[A-Za-z]+|\\.|\d+(?:[.,]\d+)*|.", re.DOTALL
)
PLAIN_RELATIONS = "=<>≤≥≲≳⩽⩾≪≫≈≃≅≡~∝→←↔⇒⇐⇔⟺⟹↦⟶⟵∈∋⊂⊃⊆⊇⊑⊒≺≻⪯⪰⊢⊣⊨∣∥≜≔⊥:↪↠⇝⇌"
RELATIONS = frozenset(
    (*PLAIN_RELATIONS, *(unicodedata.normalize("NFC", sign + "\u0338") for sign in PLAIN_RELATIONS))
)
# Signs between two terms; where nothing stands before them they belong to the term behind.
BINARY = frozenset("+−±∓∪∩∧∨⊕⊖⊗⊙∖⊎≀⋊⋉")
OPENING = frozenset("([{,⟨ ")
ROOTS = {"2": "√", "3": "∛", "4": "∜"}
ORDINALS = frozenset(("th", "st", "nd", "rd"))
SIMPLE = re.compile(r"√?[^\W_]*[\u0300-\u036f\u20d7]?[⁰¹²³⁴-⁹ⁿ]?|\d+(?:[.,]\d+)+")
RANGE = re.compile(r"(\d(?:%| ?\\%)?) ?--? ?(?=\d[\d.,]*(?: ?\\?%)?$)")


def plain(tex: str) -> str:
    """The formula in Unicode, or as typed where plain text has no form for it."""
    known = normal(RANGE.sub(r"\1–", tex) if tex[:1].isdecimal() else tex)
    return " ".join((_Formula(known).group() if known is not None else tex).split())


class _Formula:
    """Reads a formula of notation.normal, whose braces nest, and not deeply."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[str] = TOKEN.findall(tex)
        self.at = 0

    def group(self) -> str:
        """What stands from here to the end of the group, set as a line."""
        line = _Line()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token == "}":
                break
            line.add(self.term(token), token)
        return line.text()

    def argument(self) -> str:
        """The next group, command or sign."""
        self.skip_spaces()
        if self.at == len(self.tokens):
            return ""
        token = self.tokens[self.at]
        if token.isdecimal() and len(token) > 1:
            self.tokens[self.at] = token[1:]
            return token[0]
        self.at += 1
        return self.term(token).strip()

    def term(self, token: str) -> str:
        if token == "{":
            return self.group()
        if token in "^_":
            return _script(self.argument(), token)
        if token.startswith("\\"):
            return self.command(token[1:])
        return {"-": "−", "*": "∗", "'": "′"}.get(token, token)

    def command(self, name: str) -> str:
        if name.startswith(("text", "operatorname")) and name.endswith("}"):
            return name.partition("{")[2][:-1]
        if name in FONTS:
            return lettered(self.argument(), "double-struck" if name == "mathbb" else "")
        if name in ACCENTS:
            return _accented(self.argument(), ACCENTS[name])
        if name in STRUCTURES:
            return STRUCTURES[name](self)
        if name in STACKED:
            return self.argument() and self.argument()
        if name in FUNCTIONS:
            return name
        if name in SPACES or name in {" ", ";", ":", ">", ","}:
            return " "
        return {"|": "‖", "sim": "~", "textdegree": "°"}.get(name) or SIGNS.get(name, name)

    def skip_spaces(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1

    def option(self) -> str:
        """What the brackets that follow hold: the 3 of \\sqrt[3]{x}."""
        self.skip_spaces()
        if self.tokens[self.at : self.at + 1] != ["["] or "]" not in self.tokens[self.at :]:
            return ""
        end = self.tokens.index("]", self.at)
        held = "".join(self.tokens[self.at + 1 : end])
        self.at = end + 1
        return held

    def root(self) -> str:
        degree = self.option().strip() or "2"
        return (ROOTS.get(degree) or _script(degree, "^") + "√") + _closed(self.argument())

    def fraction(self) -> str:
        return f"{_closed(self.argument())}/{_closed(self.argument())}"

    def binomial(self) -> str:
        return f"C({self.argument()}, {self.argument()})"

    def delimiter(self) -> str:
        sign = self.argument()
        return "" if sign == "." else sign

    def negated(self) -> str:
        return unicodedata.normalize("NFC", self.argument() + "\u0338")

    def modulus(self) -> str:
        return f"(mod {self.argument()})"


STRUCTURES: dict[str, Callable[[_Formula], str]] = {
    "frac": _Formula.fraction,
    "sqrt": _Formula.root,
    "binom": _Formula.binomial,
    "left": _Formula.delimiter,
    "right": _Formula.delimiter,
    "not": _Formula.negated,
    "pmod": _Formula.modulus,
    "bmod": lambda _: " mod ",
    "mid": lambda _: " | ",
}


class _Line:
    """Terms one after another, with the spaces that TeX would set between them."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.after = ""

    def add(self, term: str, token: str) -> None:
        if token.isspace() or not term:
            return
        last = self.said[-1][-1:] if self.said else ""
        operand = bool(last) and last not in OPENING and last not in RELATIONS | BINARY
        if token[1:] in FUNCTIONS or token.startswith("\\operatorname"):
            self._say(term, before=operand and last.isalnum(), after="function")
        elif term in RELATIONS or (term in BINARY and operand):
            self._say(term, before=operand, after="sign" if self.said else "")
        elif token in "^_":
            self.said.append(term)
        else:
            self._say(term, after="sign" if term in ",;" and self.said else "")

    def _say(self, term: str, *, after: str, before: bool = False) -> None:
        """Say `term`, with a space before it if that or the term before it wants one."""
        wanted = self.after == "sign" or (self.after == "function" and term[0] not in "([{|‖")
        if before or wanted:
            self.said.append(" ")
        self.said.append(term)
        self.after = after

    def text(self) -> str:
        return "".join(self.said)


def _script(text: str, sign: str) -> str:
    text = text.replace(" ", "") if text else ""
    raised = sign == "^"
    if raised and (text in ORDINALS or text in {"∘", "′", "″", "°"}):
        return "°" if text == "∘" else text
    if raised and text == "⊤":
        return "ᵀ"
    table = SUPERSCRIPTS if raised else SUBSCRIPTS
    if text and all(letter in table for letter in text) and not (text.isalpha() and len(text) > 2):
        return "".join(table[letter] for letter in text)
    return sign + (text if text.isalnum() or len(text) == 1 else f"({text})") if text else ""


def _closed(text: str) -> str:
    return text if len(text) == 1 or SIMPLE.fullmatch(text) else f"({text})"


def _accented(text: str, mark: str) -> str:
    return unicodedata.normalize("NFC", text + mark) if len(text) == 1 else text
