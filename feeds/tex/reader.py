"""Read running text with TeX in it into pieces that any output can write."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from feeds.tex import commands
from feeds.tex.accents import LETTERS, MARKS, letter_at
from feeds.tex.clean import one_line, paragraphs, strip_controls
from feeds.tex.commands import Style
from feeds.tex.formulas import WORDS_IN_DOLLARS, Dollars, bracketed_at
from feeds.tex.pieces import End, Maths, Piece, Start, Words
from feeds.tex.symbols import SIGNS, TEXT_SIGNS
from feeds.tex.typography import dash, end_of_single, is_tie, opens_double

# Longer text is no abstract; it is shown as it came.
LONGEST = 50_000

ACTIVE = re.compile(r"[\\$~`]|--|''|\d\{,\}|\{[A-Za-z]{1,4}\}[a-z]")
TOKEN = re.compile(
    r"""(?P<words>[^\\${}~`'"\-\n]+) | (?P<command>\\[A-Za-z]+) | (?P<control>\\.?)
    | (?P<dollars>\$+) | (?P<open>\{) | (?P<close>\}) | (?P<tie>~) | (?P<backticks>`+)
    | (?P<quote>''|'|") | (?P<hyphens>-+) | (?P<line>\n)""",
    re.VERBOSE | re.DOTALL,
)
CODE_POINT = re.compile(r"\\unicode\{x?([0-9A-Fa-f]{2,6})\}")
ARGUMENT = re.compile(r"\ ?(?:\[[^\[\]{}]*\]){0,2}\{([^{}]*)\}")
OPTION = re.compile(r"\[[^\[\]{}]*\]")
BRACE = re.compile(r"\ ?(?:\[[^\[\]{}]*\])?\{")
THOUSANDS = re.compile(r"(?<=\d)\{,\}(?=\d)")
PROTECTED = re.compile(r"\{([A-Za-z]{1,4})\}(?=[a-z])")
LEADING = re.compile(r"""\{\ ?\\(?:(?P<name>[A-Za-z]+)(?P<alone>\ ?\})?|["'`^~=.][\\{A-Za-z])""")


def has_tex(text: str) -> bool:
    """Whether `text` has anything to read; if not, it stands for itself."""
    return len(text) <= LONGEST and ACTIVE.search(text) is not None


def read(text: str) -> list[Piece]:
    """The pieces of `text`, which has no controls (strip_controls); white space is collapsed."""
    text = CODE_POINT.sub(_character, text)
    return _Reader("\n".join(map(one_line, paragraphs(text)))).read()


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    printable = 0xA0 <= code <= 0x10FFFF and strip_controls(chr(code)) == chr(code)
    return chr(code) if printable else match[0]


@dataclass(slots=True)
class _Group:
    """A pair of braces: the styles that end with it and what is said at its end."""

    styles: list[Style] = field(default_factory=list)
    after: str = ""


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.pieces: list[Piece] = []
        self.groups: list[_Group] = []
        self.active: set[Style] = set()
        self.dollars = Dollars(text)
        self.closing_dollars: set[int] = set()
        self.quotations = 0
        self.single_end: int | None = None

    def read(self) -> list[Piece]:
        while match := TOKEN.match(self.text, self.at):
            self.at = match.end()
            TOKENS[match.lastgroup or ""](self, match)
        while self.groups:
            self._leave(self.groups.pop(), closed=False)
        return self.pieces

    def say(self, text: str) -> bool:
        self.pieces.append(Words(text))
        return True

    def _words(self, match: re.Match[str]) -> None:
        self.say(match[0])

    def _line(self, _: re.Match[str]) -> None:
        self.say(" ")

    # Groups and styles

    def enter(self, style: Style | None = None, after: str = "") -> bool:
        """Enter the braces that follow, if any do."""
        match = BRACE.match(self.text, self.at)
        if match is None:
            return False
        self.at = match.end()
        self.groups.append(_Group(after=after))
        if style:
            self.start(style)
        return True

    def start(self, style: Style) -> None:
        if style not in self.active:
            self.active.add(style)
            self.groups[-1].styles.append(style)
            self.pieces.append(Start(style))

    def _leave(self, group: _Group, *, closed: bool = True) -> None:
        for style in reversed(group.styles):
            self.active.discard(style)
            self.pieces.append(End(style))
        if group.after and (closed or group.after != "}"):
            self.say(group.after)

    def _open(self, match: re.Match[str]) -> None:
        if thousands := THOUSANDS.match(self.text, match.start()):
            self.at = thousands.end()
            self.say(",")
        elif protected := PROTECTED.match(self.text, match.start()):
            self.at = protected.end()
            self.say(protected[1])
        elif _hides_braces(LEADING.match(self.text, match.start())):
            self.groups.append(_Group())
        else:
            self.say("{")
            self.groups.append(_Group(after="}"))

    def _close(self, _: re.Match[str]) -> None:
        if self.groups:
            self._leave(self.groups.pop())
        else:
            self.say("}")

    # Signs

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
            self.say(commands.CONTROL_SIGNS.get(sign, match[0]))

    # Commands

    def _command(self, match: re.Match[str]) -> None:
        name = match[0][1:]
        if letter := letter_at(self.text, match.start()):
            self.at = letter.end
            self.say(letter.text)
        elif not (name in COMMANDS and COMMANDS[name](self, name)):
            self.say(TEXT_SIGNS.get(name) or SIGNS.get(name) or match[0])
            self._skip_empty_braces()

    def argument(self) -> str | None:
        match = ARGUMENT.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[1]

    def _skip_empty_braces(self) -> None:
        if self.text.startswith("{}", self.at):
            self.at += 2

    def _skip_space(self) -> None:
        if self.text.startswith(" ", self.at):
            self.at += 1
