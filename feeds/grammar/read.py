"""A question in words is read; a slip in it is shown where it is.

either = all { "OR" all }
all    = one { [ "AND" ] one }
one    = [ "-" | "NOT" ] ( "(" either ")" | name ":" value | "phrase" | word )
"""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from feeds.grammar.fields import FIELDS
from feeds.grammar.tree import QUOTES, Field, Node, Phrase, Word, all_of, either_of, no
from feeds.identify import arxiv_id, doi

DEEPEST = 10
MOST_LEAVES = 400
MOST_FIELDS = 20  # each is looked up by itself

_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(rf"[^\s(){QUOTES}]+")
_NAME = re.compile(r"([a-z]+):", re.IGNORECASE | re.ASCII)
_QUOTED = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)([{QUOTES}]?)")
_ID = re.compile(rf"[^\s{QUOTES}]+")
_MINUS = re.compile(r"-(?![\s)]|$)")
_NOT = re.compile(r"NOT(?=[\s(])")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_DOI_IN_PATH = re.compile(r"/(10\.\d{4,9}/.+)")


class GrammarError(ValueError):
    """A slip at `position` (from 0): the text says what is wrong, `expected` what to write."""

    def __init__(self, position: int, message: str, expected: str) -> None:
        self.position = position
        self.expected = expected
        super().__init__(message)


def read(text: str) -> Node:
    """The tree of a question that is not blank. Raises GrammarError.

    An arXiv id, a DOI, or an address that has one, is a question for that paper.
    """
    name = paper_named(text)
    if name:
        return Field("id", name)
    reader = _Reader(text)
    tree = reader.either()
    if not reader.at_end():
        raise GrammarError(
            reader.place, _("This “)” closes nothing."), _("a “(” before it, or no “)”")
        )
    return tree


def paper_named(text: str) -> str:
    """The arXiv id or DOI that the whole text is, or the address of a paper names; or ""."""
    text = text.strip()
    if found := arxiv_id(text) or doi(text):
        return found
    if not _ADDRESS.fullmatch(text):
        return ""
    try:
        path = urlsplit(text).path
    except ValueError:
        return ""
    in_path = _DOI_IN_PATH.search(path)
    return arxiv_id(path.rstrip("/").rpartition("/")[2]) or (doi(in_path[1]) if in_path else "")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self._depth = 0
        self._leaves = 0
        self._fields = 0

    def at_end(self) -> bool:
        self._skip_space()
        return self.place >= len(self.text)

    def either(self) -> Node:
        parts = [self._all()]
        while self._took("OR"):
            parts.append(self._all())
        return either_of(parts)

    def _all(self) -> Node:
        parts = [self._one()]
        while self._took("AND") or self._goes_on():
            parts.append(self._one())
        return all_of(parts)

    def _one(self) -> Node:
        denied = False
        self._skip_space()
        while sign := _MINUS.match(self.text, self.place) or _NOT.match(self.text, self.place):
            denied = not denied
            self.place = sign.end()
            self._skip_space()
        part = self._group() if self._next() == "(" else self._leaf()
        return no(part) if denied else part

    def _group(self) -> Node:
        opened = self.place
        self._depth += 1
        if self._depth > DEEPEST:
            raise GrammarError(
                opened,
                _("Parentheses stand more than %(most)s deep here.") % {"most": DEEPEST},
                _("fewer of them"),
            )
        self.place += 1
        inner = self.either()
        self._skip_space()
        if self._next() != ")":
            raise GrammarError(opened, _("This “(” is not closed."), _("a “)” after it"))
        self.place += 1
        self._depth -= 1
        return inner

    def _leaf(self) -> Node:
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            raise GrammarError(
                self.place,
                _("More than %(most)s words stand here.") % {"most": MOST_LEAVES},
                _("fewer words"),
            )
        if self._next() and self._next() in QUOTES:
            return Phrase(self._quoted(_("a phrase")))
        named = _NAME.match(self.text, self.place)
        if named and named[1].lower() in FIELDS:
            return self._field(named[1].lower(), named.end())
        return Word(self._word())

    def _field(self, name: str, start: int) -> Field:
        kind, opened = FIELDS[name], self.place
        self._fields += 1
        if self._fields > MOST_FIELDS:
            raise GrammarError(
                opened,
                _("More than %(most)s fields stand here.") % {"most": MOST_FIELDS},
                _("fewer fields"),
            )
        self.place = start
        if self._next() and self._next() in QUOTES:
            given = self._quoted(f"{name}:")
        else:
            found = (_ID if name in ("id", "similar") else _TOKEN).match(self.text, start)
            given = _balanced(found[0]) if found else ""
            self.place += len(given)
        if kept := kind.kept(given):
            return Field(name, kept)
        said = _("%(name)s: cannot be %(given)s.") if given else _("%(name)s: says nothing here.")
        expected = _("%(about)s, like %(example)s")
        raise GrammarError(
            start if given else opened,
            said % {"name": name, "given": repr(given)},
            expected % {"about": _(kind.about), "example": kind.example},
        )

    def _quoted(self, what: str) -> str:
        opened = self.place
        found = _QUOTED.match(self.text, opened)
        if not found or not found[2]:
            raise GrammarError(opened, _("This quotation mark has no partner."), _("a second one"))
        text = " ".join(found[1].split())
        if not text:
            raise GrammarError(
                opened,
                _("Nothing stands between these marks."),
                _("words for %(what)s") % {"what": what},
            )
        self.place = found.end()
        return text

    def _word(self) -> str:
        found = _TOKEN.match(self.text, self.place)
        if found and found[0] not in ("OR", "AND", "NOT"):
            self.place = found.end()
            return found[0]
        here = found[0] if found else self._next()
        said = _("Something is missing here.")
        if here:
            said = _("“%(here)s” stands where a word should.") % {"here": here}
        expected = _("a word, a “phrase” or a field like tag:diffusion")
        raise GrammarError(self.place, said, expected)

    def _took(self, sign: str) -> bool:
        self._skip_space()
        found = _TOKEN.match(self.text, self.place)
        if not found or found[0] != sign:
            return False
        self.place = found.end()
        return True

    def _goes_on(self) -> bool:
        self._skip_space()
        found = _TOKEN.match(self.text, self.place)
        return self._next() not in ("", ")") and not (found and found[0] == "OR")

    def _next(self) -> str:
        return self.text[self.place : self.place + 1]

    def _skip_space(self) -> None:
        space = _SPACE.match(self.text, self.place)
        self.place = space.end() if space else self.place


def _balanced(text: str) -> str:
    """The text up to a parenthesis that closes what was opened before it: DOIs have their own."""
    open_ones = 0
    for place, sign in enumerate(text):
        open_ones += (sign == "(") - (sign == ")")
        if open_ones < 0:
            return text[:place]
    return text
