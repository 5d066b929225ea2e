"""What the commands of running text do to the words after them."""

import re
from collections.abc import Callable

from feeds.tex.accents import LETTERS
from feeds.tex.pieces import Style
from feeds.tex.scan import Scan
from feeds.tex.symbols import SIGNS, TEXT_SIGNS

# With an argument in braces: \emph{so}.
STYLED: dict[str, Style] = {
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "textbf": "strong",
    "texttt": "code",
    "textsubscript": "sub",
    "textsuperscript": "sup",
}
# To the end of the group: {\em so}.
SWITCHES: dict[str, Style] = {
    "em": "em",
    "it": "em",
    "itshape": "em",
    "sl": "em",
    "slshape": "em",
    "bf": "strong",
    "bfseries": "strong",
    "tt": "code",
    "ttfamily": "code",
}
# The argument as it is.
PLAIN = frozenset(
    """
    textsc textsf textrm textmd textup textnormal text mbox hbox fbox mathrm mathbf mathit mathsf
    mathtt mathcal mathbb mathfrak mathscr mathnormal operatorname boldsymbol bm ensuremath
    underline ul uline num
    """.split()
)
# The second argument as it is, the first unsaid.
SECOND = frozenset({"href", "textcolor", "colorbox"})
# Unsaid, with the space after them.
SILENT = frozenset(
    """
    sc scshape rm rmfamily sf sffamily cal normalfont normalsize tiny scriptsize footnotesize small
    large Large LARGE huge Huge centering noindent protect relax displaystyle
    """.split()
)
# Unsaid, with the argument if there is one.
UNSAID = frozenset("color label vspace hspace xspace allowbreak footnotemark nocite".split())
SPACES = frozenset("par newline linebreak quad qquad space".split())
CITATIONS = frozenset("cite citep citet citealp citeauthor ref eqref cref Cref autoref".split())
VERBATIM = frozenset({"url", "nolinkurl", "path"})
NOTES = frozenset({"footnote", "thanks", "footnotetext"})

UNITS = {
    "percent": "%",
    "second": "s",
    "minute": "min",
    "hour": "h",
    "metre": "m",
    "meter": "m",
    "gram": "g",
    "hertz": "Hz",
    "watt": "W",
    "joule": "J",
    "volt": "V",
    "byte": "B",
    "degree": "°",
    "celsius": "°C",
    "per": "/",
    "nano": "n",
    "micro": "µ",
    "milli": "m",
    "centi": "c",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
}
UNIT = re.compile(r"\\([a-z]+)")


def unit(tex: str) -> str:
    r"""The unit of \SI{5}{\milli\second} as it stands behind the number: a no-break space, ms."""
    words = UNIT.sub(lambda match: UNITS.get(match[1], match[0]), tex)
    return words if words in {"%", "°"} else f"\u00a0{words}"


def dingbat(number: str) -> str | None:
    r"""The check, cross or circled digit at a place of Zapf Dingbats, as \ding names it."""
    code = int(number)
    if 51 <= code <= 56:
        return chr(0x2713 + code - 51)
    if 172 <= code <= 181:
        return chr(0x2460 + code - 172)
    if 182 <= code <= 211:
        return chr(0x2776 + code - 182)
    return None


def obey(scan: Scan, name: str) -> bool:
    r"""Do what \name says at the place after it; False where it says nothing there."""
    if name in SWITCHES:
        scan.start(SWITCHES[name])
        scan.skip(" ")
        return True
    if name in HANDLERS:
        return HANDLERS[name](scan)
    sign = TEXT_SIGNS.get(name) or SIGNS.get(name)
    scan.skip("{}")
    return scan.say(sign) if sign else False


def _styled(style: Style) -> Callable[[Scan], bool]:
    return lambda scan: scan.enter(style)


def _letter(letter: str) -> Callable[[Scan], bool]:
    def say(scan: Scan) -> bool:
        scan.skip("{}")
        if scan.text[scan.at + 1 : scan.at + 2].isalpha():
            scan.skip(" ")
        return scan.say(letter)

    return say


def _second(scan: Scan) -> bool:
    return scan.argument() is not None and scan.enter()


def _silent(scan: Scan) -> bool:
    scan.skip("{}")
    scan.skip(" ")
    return True


def _unsaid(scan: Scan) -> bool:
    if scan.argument() is None:
        scan.skip_option()
    return True


def _space(scan: Scan) -> bool:
    scan.skip("{}")
    return scan.say(" ")


def _citation(scan: Scan) -> bool:
    joined = scan.text[: scan.at].rpartition("\\")[0][-1:].isalnum()
    keys = scan.argument()
    if keys is None:
        return False
    listed = ", ".join(key.strip() for key in keys.split(","))
    return scan.say(f"{' ' * joined}[{listed}]")


def _verbatim(scan: Scan) -> bool:
    address = scan.argument()
    return address is not None and scan.say(address)


def _note(scan: Scan) -> bool:
    return scan.enter(after=")") and scan.say(" (")


def _quantity(scan: Scan) -> bool:
    number = scan.argument()
    measure = scan.argument() if number is not None else None
    return measure is not None and scan.say(f"{number}{unit(measure)}")


def _dingbat(scan: Scan) -> bool:
    number = scan.argument()
    sign = dingbat(number) if number and number.isdecimal() else None
    return sign is not None and scan.say(sign)


HANDLERS: dict[str, Callable[[Scan], bool]] = {
    **{name: _styled(style) for name, style in STYLED.items()},
    **{name: _letter(letter) for name, letter in LETTERS.items()},
    **dict.fromkeys(PLAIN, Scan.enter),
    **dict.fromkeys(SECOND, _second),
    **dict.fromkeys(SILENT, _silent),
    **dict.fromkeys(UNSAID, _unsaid),
    **dict.fromkeys(SPACES, _space),
    **dict.fromkeys(CITATIONS, _citation),
    **dict.fromkeys(VERBATIM, _verbatim),
    **dict.fromkeys(NOTES, _note),
    **dict.fromkeys(("SI", "qty"), _quantity),
    "ding": _dingbat,
}
HIDES_BRACES = frozenset((*HANDLERS, *SWITCHES))
