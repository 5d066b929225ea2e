"""The commands of formulas that are set, and formulas brought to few forms of them."""

import re

from feeds.tex.symbols import SIGNS

# Longer or deeper formulas are shown as typed: to set them takes long, and nobody reads them here.
LONGEST = 1_000
DEEPEST = 12

FUNCTIONS = frozenset(
    """
    arccos arcsin arctan cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf
    limsup ln log max min Pr sec sin sinh sup tan tanh argmax argmin
    """.split()
)
FONTS = frozenset("mathbf mathbb mathcal mathfrak mathscr mathit mathrm mathsf mathtt".split())
# The sign that joins the letter under it.
ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "underline": "\u0332",
}
SPACES = frozenset("quad qquad".split())
STRUCTURES = frozenset("frac sqrt binom text operatorname left right mid not bmod pmod".split())
STACKED = frozenset("overset underset stackrel".split())
KNOWN = (
    frozenset(SIGNS) | FUNCTIONS | FONTS | frozenset(ACCENTS) | SPACES | STRUCTURES | STACKED
) | frozenset("percent prime cdots textdegree".split())
ESCAPES = frozenset(r"{}|%&#$_,;:>! ")

# Macros that so many authors define that their meaning is known.
SHORTHANDS = {
    **{letter: rf"\mathbb{{{letter}}}" for letter in "RNZQCE"},
    "arg": r"\operatorname{arg}",
    "eps": r"\varepsilon",
    "calO": r"\mathcal{O}",
    "BigO": "O",
    "bigO": "O",
    "dmodel": r"d_{\text{model}}",
    "xspace": "",
    "degree": r"{}^{\circ}",
    "deg": r"{}^{\circ}",
    "lbrace": r"\{",
    "rbrace": r"\}",
    "lvert": "|",
    "rvert": "|",
    "lVert": r"\|",
    "rVert": r"\|",
    "lbrack": "[",
    "rbrack": "]",
    "dots": r"\ldots",
    "dotsc": r"\ldots",
    "dotsb": r"\cdots",
    "gets": r"\leftarrow",
    "textless": "<",
    "textgreater": ">",
    "texttimes": r"\times",
}
SAME = {
    "bm": "mathbf",
    "boldsymbol": "mathbf",
    "pmb": "mathbf",
    "textbf": "mathbf",
    "mathds": "mathbb",
    "mathbbm": "mathbb",
    "Bbb": "mathbb",
    "mathnormal": "mathit",
    "textit": "mathit",
    "emph": "mathit",
    "dfrac": "frac",
    "tfrac": "frac",
    "cfrac": "frac",
    "nicefrac": "frac",
    "sfrac": "frac",
    "dbinom": "binom",
    "tbinom": "binom",
    "textrm": "text",
    "textsc": "text",
    "textsf": "text",
    "texttt": "text",
    "textup": "text",
    "textnormal": "text",
    "mbox": "text",
    "hbox": "text",
    "operatornamewithlimits": "operatorname",
}
OLD_FONTS = {
    "rm": "mathrm",
    "bf": "mathbf",
    "it": "mathit",
    "sf": "mathsf",
    "tt": "mathtt",
    "cal": "mathcal",
}
UNSAID = re.compile(
    r"""\\(?: (?:[bB]igg?[lrm]?|small|scriptsize|footnotesize|normalsize|large|displaystyle
        |textstyle|scriptstyle|limits|nolimits|mathop|mathord|mathrel|mathbin|ensuremath|relax
        |hspace\*?\{[^{}]*\}|label\{[^{}]*\}|xspace)(?![A-Za-z]) | [!/] )\ ?""",
    re.VERBOSE,
)
COMMAND = re.compile(r"\\([A-Za-z]+)(\*?)\s?")
OLD_FONT = re.compile(r"\{\s*\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])\s*([^{}\\]*)\}")
WORDS = re.compile(r"\\math(?:rm|sf|tt|it)\s*\{\s*([A-Za-z0-9][A-Za-z0-9 .:@/-]+)\s*\}")
CHOOSE = re.compile(r"\{([^{}]*?)\\choose(?![A-Za-z])([^{}]*)\}")
BRACED_WORDS = re.compile(r"\\(text|operatorname)\s*\{([^{}]*)\}")
BARE_PERCENT = re.compile(r"(?<!\\)%")
ESCAPED = re.compile(r"\\([\\_%&#$ ,;:-])")


def normal(tex: str) -> str | None:
    """`tex` in few commands, all in KNOWN; None where it says more than those do, or is no
    formula that TeX would take."""
    if len(tex) > LONGEST or not _nests(tex):
        return None
    tex = UNSAID.sub("", " ".join(tex.split()))
    tex = OLD_FONT.sub(lambda match: rf"\{OLD_FONTS[match[1]]}{{{match[2]}}}", tex)
    tex = CHOOSE.sub(r"\\binom{\1}{\2}", tex)
    tex = COMMAND.sub(_usual, tex)
    tex = WORDS.sub(r"\\text{\1}", tex).replace("{,}", ",").replace("~", "\\ ")
    tex = BARE_PERCENT.sub(r"\\%", BRACED_WORDS.sub(_plain_words, tex))
    return tex.strip() if _is_known(tex) else None


def _nests(tex: str) -> bool:
    depth = deepest = 0
    for sign in re.findall(r"\\.|[{}]", tex):
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            return False
    return depth == 0 and deepest <= DEEPEST


def _usual(match: re.Match[str]) -> str:
    name = match[1]
    if name in SHORTHANDS:
        return SHORTHANDS[name] + match[2]
    return f"\\{SAME.get(name, name)}{'' if name == 'operatorname' else match[2]} "


def _plain_words(match: re.Match[str]) -> str:
    words = ESCAPED.sub(lambda sign: " " if sign[1] in "\\ ,;:" else sign[1], match[2])
    return f"\\{match[1]}{{{words}}}"


def _is_known(tex: str) -> bool:
    outside = BRACED_WORDS.sub("x", tex)
    if "\\" in "".join(words for _, words in BRACED_WORDS.findall(tex)) or "\n" in tex:
        return False
    signs = re.findall(r"\\(?:([A-Za-z]+)|(.?))", outside)
    known = all(name in KNOWN if name else sign in ESCAPES and sign for name, sign in signs)
    return known and not re.search(r"(?<!\\)[&#$]|[\^_]\s*[\^_}]|[\^_]\s*$", outside)
