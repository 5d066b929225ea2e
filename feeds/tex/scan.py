"""A place in a text that is being read, the groups open there and the pieces read so far."""

import re
from dataclasses import dataclass, field

from feeds.tex.pieces import End, Piece, Start, Style, Words

OPTIONS = r"\ ?(?:\[[^\[\]{}]*\]){0,2}"
ARGUMENT = re.compile(OPTIONS + r"\{([^{}]*)\}")
BRACE = re.compile(OPTIONS + r"\{")
OPTION = re.compile(r"\[[^\[\]{}]*\]")


@dataclass(slots=True)
class Group:
    """A pair of braces: the styles that end with it, and what is said at its end."""

    styles: list[Style] = field(default_factory=list)
    after: str = ""
    shown: bool = False


class Scan:
    """Reads `text` from `at` on. Every piece goes through here, so styles always nest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.pieces: list[Piece] = []
        self.groups: list[Group] = []
        self.active: set[Style] = set()

    def say(self, text: str) -> bool:
        self.pieces.append(Words(text))
        return True

    def open(self, group: Group) -> None:
        self.groups.append(group)
        if group.shown:
            self.say("{")

    def enter(self, style: Style | None = None, after: str = "") -> bool:
        """Go into the braces that follow, if any do; `after` is said where they end."""
        match = BRACE.match(self.text, self.at)
        if match is None:
            return False
        self.at = match.end()
        self.open(Group(after=after))
        if style:
            self.start(style)
        return True

    def start(self, style: Style) -> None:
        """Begin `style`, to the end of the group; outside groups there is none to end it."""
        if self.groups and style not in self.active:
            self.active.add(style)
            self.groups[-1].styles.append(style)
            self.pieces.append(Start(style))

    def close(self, *, typed: bool = True) -> None:
        """End the innermost group; `typed` tells whether its brace is in the text."""
        group = self.groups.pop()
        for style in reversed(group.styles):
            self.active.discard(style)
            self.pieces.append(End(style))
        if group.shown and typed:
            self.say("}")
        if group.after:
            self.say(group.after)

    def argument(self) -> str | None:
        """What the braces that follow hold, as typed; None where none follow or they nest."""
        match = ARGUMENT.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[1]

    def skip(self, text: str) -> None:
        if self.text.startswith(text, self.at):
            self.at += len(text)

    def skip_option(self) -> None:
        if match := OPTION.match(self.text, self.at):
            self.at = match.end()

    def next_is_letter(self) -> bool:
        return self.text[self.at : self.at + 1].isalpha()
