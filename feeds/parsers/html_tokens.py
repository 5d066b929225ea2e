"""The tags and texts of HTML of any quality."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Token(NamedTuple):
    """A piece of text (`name` is empty), the beginning or the end of an element."""

    line: int
    text: str = ""
    name: str = ""
    ends: bool = False
    attributes: str = ""


_MARKUP = re.compile(
    r"""<(?:(?P<comment>!--)
      | [!?][^<>]{0,3000}>
      | (?P<ends>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,20})
        (?P<attributes>(?:[^<>"']{1,3000}+|"[^"]{0,4000}+"|'[^']{0,4000}+'|["']){0,60}+)> )""",
    re.VERBOSE,
)
_UNSEEN = frozenset({"script", "style", "title", "template", "textarea", "svg", "select"})


def tokens(text: str) -> Iterator[Token]:
    """Texts and tags in order. Never raises, and takes linear time.

    Scripts, styles, comments and what else no reader sees are left out. A "<" that begins no
    tag is text.
    """
    at, line, endless = 0, 1, set[str]()
    while found := _MARKUP.search(text, at):
        if found.start() > at:
            yield Token(line, text[at : found.start()])
        start, at = at, found.end()
        name = (found["name"] or "").lower()
        if found["comment"] or (name in _UNSEEN and not found["ends"]):
            at = _end_of(text, at, "-->" if found["comment"] else f"</{name}", endless)
        line += text.count("\n", start, found.start())
        if name and name not in _UNSEEN:
            yield Token(line, "", name, bool(found["ends"]), found["attributes"])
        line += text.count("\n", found.start(), at)
    if text[at:]:
        yield Token(line, text[at:])


def _end_of(text: str, at: int, end: str, endless: set[str]) -> int:
    """Where what began at `at` is over; at once where no `end` follows (looked for only once)."""
    if end in endless:
        return at
    found = re.compile(re.escape(end), re.IGNORECASE).search(text, at)
    if not found:
        endless.add(end)
        return at
    return found.end() if end == "-->" else found.start()
