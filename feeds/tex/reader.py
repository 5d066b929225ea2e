"""Read running text with TeX in it into pieces that any output can write."""

import re
from collections.abc import Callable

from feeds.tex.accents import letter_at
from feeds.tex.clean import one_line, strip_controls
from feeds.tex.commands import HIDES_BRACES, obey
from feeds.tex.formulas import WORDS_IN_DOLLARS, Dollars, bracketed_at
from feeds.tex.pieces import Maths, Piece, Words
from feeds.tex.scan import Group, Scan
from feeds.tex.symbols import CONTROL_SIGNS, SIGNS, TEXT_SIGNS
from feeds.tex.typography import dash, end_of_single, is_tie, opens_double

# Longer text is no abstract; it is shown as it came.
LONGEST = 50_000

BRACED = re.compile(r"\d\{,\}|\{[A-Za-z]{1,4}\}[a-z]")
TOKEN = re.compile(
    r"""(?P<words>[^\\${}~`'"\-]+(?:-(?!-)[^\\${}~`'"\-]*)*)
    | (?P<command>\\[A-Za-z]+) | (?P<control>\\.?)
    | (?P<dollars>\$+) | (?P<open>\{) | (?P<close>\}) | (?P<tie>~) | (?P<backticks>`+)
    | (?P<quote>''|'|") | (?P<hyphens>-+)""",
    re.VERBOSE | re.DOTALL,
)
CODE_POINT = re.compile(r"\\unicode\{x?([0-9A-Fa-f]{2,6})\}")
THOUSANDS = re.compile(r"(?<=\d)\{,\}(?=\d)")
PROTECTED = re.compile(r"\{([A-Za-z]{1,4})\}(?=[a-z])")
LEADING = re.compile(r"""\{\ ?\\(?:(?P<name>[A-Za-z]+)(?P<alone>\ ?\})?|["'`^~=.][\\{A-Za-z])""")
DRIVE = re.compile(r"(?:^|\W)[A-Z]:$")
REST_OF_PATH = re.compile(r"[^\s{}$]+")


def read(text: str) -> list[Piece]:
    """The pieces of `text`, which has no controls (strip_controls) and is one paragraph."""
    text = one_line(text)
    if len(text) > LONGEST or _is_plain(text):
        return [Words(text)]
    return _Reader(CODE_POINT.sub(_character, text)).read()


def _is_plain(text: str) -> bool:
    """Whether all of `text` reads as typed. One search a sign is far faster than one regex."""
    return not (
        "\\" in text
        or "$" in text
        or "~" in text
        or "`" in text
        or "--" in text
        or "''" in text
        or ("{" in text and BRACED.search(text))
    )


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    printable = 0xA0 <= code <= 0x10FFFF and strip_controls(chr(code)) == chr(code)
    return chr(code) if printable else match[0]


def _hides_braces(leading: re.Match[str] | None) -> bool:
    r"""Whether braces that begin so are of TeX's: {\em …}, {\"o}, {\alpha}, but not {\x | …}."""
    if leading is None:
        return False
    name = leading["name"]
    if name is None or name in HIDES_BRACES:
        return True
    return bool(leading["alone"]) and (name in SIGNS or name in TEXT_SIGNS)


class _Reader(Scan):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.dollars = Dollars(text)
        self.closing_dollars: set[int] = set()
        self.quotations = 0
        self.single_end: int | None = None

    def read(self) -> list[Piece]:
        while match := TOKEN.match(self.text, self.at):
            self.at = match.end()
            TOKENS[match.lastgroup or ""](self, match)
        while self.groups:
            self.close(typed=False)
        return self.pieces

    def _words(self, match: re.Match[str]) -> None:
        self.say(match[0])

    def _open(self, match: re.Match[str]) -> None:
        if thousands := THOUSANDS.match(self.text, match.start()):
            self.at = thousands.end()
            self.say(",")
        elif protected := PROTECTED.match(self.text, match.start()):
            self.at = protected.end()
            self.say(protected[1])
        else:
            leading = LEADING.match(self.text, match.start())
            self.open(Group(shown=not _hides_braces(leading)))

    def _close(self, _: re.Match[str]) -> None:
        if self.groups:
            self.close()
        else:
            self.say("}")

    def _dollars(self, match: re.Match[str]) -> None:
        start, run = match.start(), len(match[0])
        if start in self.closing_dollars:
            self.at = start + 1
        elif run > 2:
            self.say(match[0])
        elif formula := self.dollars.formula_at(start):
            if WORDS_IN_DOLLARS.fullmatch(formula.tex):
                self.closing_dollars.update(range(formula.end - run, formula.end))
            else:
                self.at = formula.end
                self.pieces.append(Maths(formula.tex))
        else:
            self.say(match[0])

    def _tie(self, match: re.Match[str]) -> None:
        self.say("\u00a0" if is_tie(self.text, match.start()) else "~")

    def _hyphens(self, match: re.Match[str]) -> None:
        typed = "code" in self.active
        self.say(match[0] if typed else dash(self.text, match.start(), match.end()))

    def _backticks(self, match: re.Match[str]) -> None:
        start, end = match.span()
        if "code" in self.active or end - start > 2:
            self.say(match[0])
        elif end - start == 1:
            self.single_end = end_of_single(self.text, start)
            self.say("`" if self.single_end is None else "‘")
        elif opens_double(self.text, start, end):
            self.quotations += 1
            self.say("“")
        else:
            self._end_quotation(match[0])

    def _quote(self, match: re.Match[str]) -> None:
        start, end = match.span()
        if match[0] == "'":
            self.say("’" if start == self.single_end else "'")
        elif self.quotations and not self.text[start - 1 : start].isspace():
            self._end_quotation(match[0])
        elif match[0] == "''" and opens_double(self.text, start, end):
            self.quotations += 1
            self.say("“")
        else:
            self.say(match[0])

    def _end_quotation(self, typed: str) -> None:
        self.say("”" if self.quotations else typed)
        self.quotations = max(0, self.quotations - 1)

    def _control(self, match: re.Match[str]) -> None:
        sign = match[0][1:]
        if letter := letter_at(self.text, match.start()):
            self.at = letter.end
            self.say(letter.text)
        elif sign in {"(", "["} and (formula := bracketed_at(self.text, match.start())):
            self.at = formula.end
            self.pieces.append(Maths(formula.tex))
        else:
            self.say(CONTROL_SIGNS.get(sign, match[0]))

    def _command(self, match: re.Match[str]) -> None:
        start = match.start()
        if DRIVE.search(self.text[max(0, start - 3) : start]):
            path = REST_OF_PATH.match(self.text, start)
            self.at = path.end() if path else self.at
            self.say(self.text[start : self.at])
        elif letter := letter_at(self.text, start):
            self.at = letter.end
            self.say(letter.text)
        elif not obey(self, match[0][1:]):
            self.say(match[0])


TOKENS: dict[str, Callable[[_Reader, re.Match[str]], None]] = {
    name: getattr(_Reader, f"_{name}") for name in TOKEN.groupindex
}
