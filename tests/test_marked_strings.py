"""No word of a page escapes translation: a small reader of templates looks for unmarked ones."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, Token, TokenType

FOLDER = settings.BASE_DIR / "templates"
# What is in English for all: a page for developers, the admin's tables, what a browser is told.
IN_ENGLISH = ("feeds/styleguide.html", "feeds/opensearch.xml", "admin/", "allauth/")
# Names are the same in all languages.
NAMES = frozenset(
    "API APA arXiv Atom BibTeX CSV DOI HTML JSON MIME MCP ms ORCID PDF RIS RSS SVG TeX UTC".split()
)
WORDED = frozenset(("aria-label", "title", "placeholder", "alt", "aria-description"))
_WORD = re.compile(r"[^\W\d_]+")
_LITERAL = re.compile(r'(?<!_\()"([^"]*)"')
# Filters whose argument is read by people, and those that name a format of dates.
_SAYS = re.compile(
    r"""\|(?:default|default_if_none|pluralize|yesno|join|add):(?!_\()(["'])(.*?)\1"""
)
_DATE = re.compile(r"""\|(?:date|time):(?:(["'])(?![A-Z_]+\1|Y-m-d\1|c\1)(.*?)\1|_\((.*?)\))""")
# What a form sends, and what a script reads.
_SENT = frozenset(("true,false", "unfollow,follow", "show,hide", "take,give", "off,on"))
_NOTHING = "\N{OBJECT REPLACEMENT CHARACTER}"


class Words(HTMLParser):
    """Gathers what is read or read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag in ("code", "kbd", "script", "style")
        given = dict(attrs)
        worded = {name for name in given if name in WORDED or name.startswith("data-say")}
        if given.get("name") == "description":
            worded.add("content")
        if tag == "input" and given.get("type") in ("submit", "button"):
            worded.add("value")
        self.found += [given.get(name) or "" for name in worded]

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in ("code", "kbd", "script", "style")

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.found.append(data)


def unmarked(source: str, *, is_html: bool = True) -> list[str]:
    """The words of a template that no translation reaches."""
    tokens = list(_outside_translations(Lexer(source).tokenize()))
    text = "".join(_as_text(token) for token in tokens)
    words = Words()
    if is_html:
        words.feed(text)
        words.close()
    else:
        words.found = text.splitlines()
    literals = [found for token in tokens for found in _literals(token)]
    return [one.strip(f" \n{_NOTHING}") for one in [*words.found, *literals] if _is_worded(one)]


def _outside_translations(tokens: list[Token]) -> Iterator[Token]:
    within = ""
    for token in tokens:
        name = token.contents.split(maxsplit=1)[0] if token.contents.split() else ""
        is_tag = token.token_type == TokenType.BLOCK
        if within:
            within = "" if is_tag and name == within else within
        elif is_tag and name in ("blocktranslate", "blocktrans", "comment"):
            within = f"end{name}"
        elif not (is_tag and name in ("translate", "trans")):
            yield token


def _as_text(token: Token) -> str:
    if token.token_type == TokenType.TEXT:
        return token.contents
    return _NOTHING if token.token_type == TokenType.VAR else " "


def _literals(token: Token) -> Iterator[str]:
    if token.token_type not in (TokenType.VAR, TokenType.BLOCK):
        return
    yield from (found[2] for found in _SAYS.finditer(token.contents))
    yield from (found[0] for found in _DATE.finditer(token.contents))
    tag = token.contents.split(maxsplit=1)[0]
    if token.token_type == TokenType.BLOCK and tag in ("include", "with", "plural"):
        said = [found[1] for found in _LITERAL.finditer(token.contents)]
        yield from (one for one in said if " " in one or one[:1].isupper() or tag == "plural")


def _is_worded(text: str) -> bool:
    if text in _SENT or text.strip().startswith('class="'):
        return False
    return any(word not in NAMES for word in _WORD.findall(text))


def templates() -> list[str]:
    found = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
    return [name for name in found if not name.startswith(IN_ENGLISH) and name[-4:] != ".css"]


@pytest.mark.parametrize("name", templates())
def test_every_word_of_a_template_is_marked(name: str) -> None:
    source = Path(FOLDER, name).read_text()
    assert unmarked(source, is_html=name.endswith(".html")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Nobody marked this</p>",
        '<a href="/" aria-label="Home">{{ name }}</a>',
        '<input placeholder="{% if a %}Search{% endif %}">',
        '<p>{{ papers|default:"none" }}</p>',
        '<p>{{ day|date:"j F" }}</p>',
        '{% include "x.html" with title="The order" %}',
    ],
)
def test_a_word_that_is_not_marked_is_found(source: str) -> None:
    assert len(unmarked(source)) == 1


def test_what_is_marked_or_a_name_is_not() -> None:
    source = (
        '{% load i18n %}<p title="{% translate "Home" %}">{% blocktranslate %}Read'
        '{% endblocktranslate %}</p> RSS <code>author:</code> {{ day|date:"DAY" }} · 7'
    )
    assert unmarked(source) == []
