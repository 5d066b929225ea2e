"""What a shape is, and the words that the chats' shapes share."""

from typing import Protocol

from accounts.webhooks.told import Told
from feeds.registry import Registry


class Shape(Protocol):
    """`batch` is how many new papers go into one message."""

    name: str
    label: str
    batch: int

    def body(self, told: Told) -> dict[str, object]:
        """The body as a value that becomes JSON."""


shapes: Registry[Shape] = Registry("accounts.webhooks.shapes")


def headline(told: Told) -> str:
    """ "2 new papers – Trending papers: diffusion": plain text, one line."""
    count = len(told.papers)
    if told.edition:
        return f"{told.edition.name}: the edition of {told.edition.date:%-d %B %Y} is out"
    if told.comment:
        return f"{told.comment.author} on “{told.comment.work.title}”"
    if told.kind == "paper.added":
        return f"{count} new {'paper' if count == 1 else 'papers'} – {told.what}"
    if told.kind == "paper.trending":
        return f"Among the first ten now – {told.what}"
    return f"A test event: webhooks reach this place. – {told.what}"


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters, as one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
