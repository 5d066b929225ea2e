"""What readers see of a comment: its Markdown as safe markup, made once when it is written.

HTML is shown as it was typed. Links, also bare ones, lead to the web and vouch for nobody;
formulas in dollars are set as in papers; a mention leads to a reader of that name or stays text.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from feeds.tex import to_html
from feeds.tex.clean import strip_controls
from feeds.tex.mathml import ATTRIBUTES as MATH_ATTRIBUTES
from feeds.tex.mathml import TAGS as MATH_TAGS

LONGEST = 6_000  # characters of a comment
MOST_MENTIONS = 10
MOST_FORMULAS = 40

# Headings would break the page's outline, and pictures would ask other hosts.
_NOT_READ = ["heading", "lheading", "image", "table", "reference", "hr"]
_TAGS = set("p br em strong s code pre blockquote ul ol li a sub sup".split())
_FORMULA = re.compile(r"(\$\$?)(?![\s$])([^$\n]{1,500}?)(?<![\s\\$])\1(?![\d$])")
_FOUND = re.compile(r"(?P<url>https?://[^\s<>\"`]+)|(?<![\w@./-])@(?P<name>\w[\w-]{0,59})")
_OUT = re.compile(r"https?://", re.IGNORECASE)
_HERE = re.compile(r"/(?![/\\])")
_TAIL = ".,;:!?'\"*_~’”…"

Known = Callable[[Collection[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """`text` as it is kept, its markup, and the number of links to the web in it."""

    text: str
    html: str
    links: int

    @property
    def says_something(self) -> bool:
        return bool(re.sub(r"<[^>]*>", "", self.html).strip()) or "<math" in self.html


def prepare(text: str, known: Known) -> Prepared:
    """`known` tells which of the given slugs are readers' names.

    Takes what it is given, whatever it is; callers refuse more than `LONGEST` characters.
    """
    text = strip_controls(text).strip()
    tokens = _reader().parse(text)
    lines = [token.children for token in tokens if token.type == "inline" and token.children]
    asked = list(dict.fromkeys(slug for line in lines for slug in _mentions(line)))[:MOST_MENTIONS]
    names = frozenset(known(asked)) if asked else frozenset()
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = list(_linked(token.children, names))
    links = sum(_leads_out(one) for token in tokens for one in token.children or ())
    options = _reader().options
    html = _reader().renderer.render(tokens, options, {"formulas": 0})
    return Prepared(text, _clean(html), links)


def address_of(slug: str) -> str:
    """The page of what a reader said."""
    return f"/comments/by/{slug}"


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    reader.disable(_NOT_READ, ignoreInvalid=True)
    reader.inline.ruler.before("escape", "formula", _read_formula)
    reader.add_render_rule("formula", _write_formula)
    return reader


def _read_formula(state: StateInline, silent: bool) -> bool:
    """Keeps what stands in dollars from being read as Markdown."""
    found = _FORMULA.match(state.src, state.pos, state.posMax) if _at_dollar(state) else None
    if found is None:
        return False
    if not silent:
        state.push("formula", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _at_dollar(state: StateInline) -> bool:
    before = state.src[state.pos - 1 : state.pos]
    return state.src[state.pos] == "$" and not before.isalnum() and before not in ("$", "\\")


def _write_formula(
    _: RendererHTML, tokens: list[Token], at: int, __: OptionsDict, env: EnvType
) -> str:
    tex = tokens[at].content
    env["formulas"] += 1
    return to_html(tex) if env["formulas"] <= MOST_FORMULAS else escape(tex, quote=False)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in order: ("", words), ("url", address), ("name", "@" and the name)."""
    done = 0
    for found in _FOUND.finditer(text):
        kind = found.lastgroup or ""
        said = _without_tail(found[0]) if kind == "url" else found[0].rstrip("-_")
        yield "", text[done : found.start()]
        yield kind, said
        done = found.start() + len(said)
    yield "", text[done:]


def _without_tail(url: str) -> str:
    """Signs that end the sentence belong to it, and so does a bracket that opened before."""
    while url and (url[-1] in _TAIL or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url


def _outside_links(line: list[Token]) -> Iterator[tuple[Token, bool]]:
    """The tokens, and whether each is text that may hold links."""
    within = 0
    for token in line:
        within += (token.type == "link_open") - (token.type == "link_close")
        yield token, token.type == "text" and not within


def _mentions(line: list[Token]) -> Iterator[str]:
    for token, free in _outside_links(line):
        if free:
            yield from (said[1:].lower() for kind, said in _pieces(token.content) if kind == "name")


def _linked(line: list[Token], names: frozenset[str]) -> Iterator[Token]:
    """The tokens, with links where addresses and known names stand."""
    for place, (token, free) in enumerate(_outside_links(line)):
        if token.type == "link_open" and _is_bare(line, place):
            yield from (token, _text(str(token.attrs.get("href", ""))))
        elif not free:
            yield token
        else:
            for kind, said in _pieces(token.content):
                href = _href(kind, said, names)
                yield from _link(href, said) if href else [_text(said)]


def _is_bare(line: list[Token], place: int) -> bool:
    """Whether a link has no words that could be followed."""
    for token in line[place + 1 :]:
        if token.type == "link_close":
            return True
        if token.content.strip():
            return False
    return True


def _href(kind: str, said: str, names: frozenset[str]) -> str:
    if kind == "url":
        href = _reader().normalizeLink(said)
        return href if _reader().validateLink(href) else ""
    slug = said[1:].lower()
    return address_of(slug) if kind == "name" and slug in names else ""


def _link(href: str, words: str) -> list[Token]:
    return [
        Token("link_open", "a", 1, attrs={"href": href}),
        _text(words),
        Token("link_close", "a", -1),
    ]


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _leads_out(token: Token) -> bool:
    href = str(token.attrs.get("href", ""))
    return token.type == "link_open" and bool(_OUT.match(href))


def _kept(tag: str, name: str, value: str) -> str | None:
    """Links lead to the web, or to a page of this site."""
    leads = tag != "a" or name != "href" or _OUT.match(value) or _HERE.match(value)
    return value if leads else None


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS | MATH_TAGS,
        attributes={**MATH_ATTRIBUTES, "*": set(), "a": {"href"}, "ol": {"start"}},
        attribute_filter=_kept,
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    ).strip()
