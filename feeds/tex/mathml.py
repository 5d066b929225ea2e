"""Formulas as MathML, safe to stand in a page.

The TeX is kept in `alttext`, not in an <annotation>: feed readers and mail programs that know no
MathML show the text of every element, and would show the formula twice.
"""

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element, tostring

import nh3
from latex2mathml.converter import convert_to_element

from feeds.tex.alphabets import lettered
from feeds.tex.notation import FUNCTIONS, normal
from feeds.tex.plain import plain

# How many children each of these must have, or a browser shows none of them.
CHILDREN = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mover": 2,
    "munderover": 3,
}
LEAVES = frozenset("mi mn mo mtext".split())
CLOSING = frozenset(")]}|⟩⌉⌋′!%")
SIGNS_OF_NUMBERS = frozenset("−+±∓")
ROWS = frozenset(["math", "mrow", "msqrt"])
TAGS = {"math", "mrow", "mspace", "mpadded", "mphantom", "msqrt", "mstyle", *LEAVES, *CHILDREN}
ATTRIBUTES = {
    "math": {"alttext"},
    "mi": {"mathvariant"},
    "mo": {"accent", "fence", "form", "maxsize", "minsize", "movablelimits", "stretchy"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mfrac": {"linethickness"},
    "mspace": {"width"},
    "mpadded": {"width"},
    "mstyle": {"displaystyle", "scriptlevel"},
}
# Numbers and lone signs are words like those around them, and look best in their type.
NUMERIC = re.compile(
    r"(?:[\d.,\s%+=<>~≈×±→/()-]|\\(?:times|pm|sim|approx|to|rightarrow|leftarrow|uparrow|downarrow"
    r"|leq?|geq?|ll|gg|cdot|[%,! ]))+"
)


@lru_cache(maxsize=4096)
def formula_html(tex: str) -> str:
    """The formula as MathML; as words, if it is but numbers; as typed, where it cannot be set."""
    if NUMERIC.fullmatch(tex):
        return escape(plain(tex), quote=False)
    known = normal(tex)
    math = _converted(known) if known else None
    if math is None:
        return f"<code>{escape(' '.join(tex.split()), quote=False)}</code>"
    math.attrib = {"alttext": " ".join(tex.split())}
    return nh3.clean(
        tostring(math, encoding="unicode"),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=set(),
        link_rel=None,
    )


def _converted(tex: str) -> Element | None:
    try:
        math = convert_to_element(tex)
    except Exception:  # noqa: BLE001 the converter raises whatever it stumbles on
        return None
    if not all(_settle(element) for element in math.iter()):
        return None
    for row in [element for element in math.iter() if element.tag in ROWS]:
        _space(row)
    return math


def _space(row: Element) -> None:
    """Put the thin spaces of TeX beside log and its like, and none behind a sign: -1, not - 1."""
    children = list(row)
    for place in range(len(children) - 1, -1, -1):
        child, before = children[place], children[place - 1] if place else None
        if _is_function(child):
            if place + 1 < len(children) and children[place + 1].tag != "mo":
                row.insert(place + 1, Element("mspace", width="0.167em"))
            if before is not None and not _is_function(before) and not _opens(before):
                row.insert(place, Element("mspace", width="0.167em"))
        elif child.text in SIGNS_OF_NUMBERS and before is not None and _opens(before):
            child.set("form", "prefix")


def _opens(element: Element) -> bool:
    """Whether a term begins after `element`: it is an operator, and closes nothing."""
    return element.tag == "mo" and (element.text or "") not in CLOSING


def _is_function(element: Element) -> bool:
    while element.tag in CHILDREN and len(element):
        element = element[0]
    return element.tag in {"mi", "mo"} and element.text in FUNCTIONS


def _settle(element: Element) -> bool:
    """Make `element` as browsers want it; False where it is not whole."""
    for place, child in enumerate(element):
        only = child
        while only.tag == "mrow" and len(only) == 1:
            only = only[0]
        element[place] = only
    if element.text:
        text = unescape(element.text)
        variant = element.get("mathvariant", "")
        element.text = lettered(text, variant)
        if variant != "normal":
            element.attrib.pop("mathvariant", None)
        if "\\" in text:
            return False
        if text == ":":
            element.tag = "mo"
    return element.tag in TAGS and len(element) == CHILDREN.get(element.tag, len(element))
