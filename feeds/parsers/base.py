"""What a parser is, and how the right one is found."""

from typing import Protocol

from feeds.records import ParsedDigest, RawDigest, TooLong
from feeds.registry import Registry


class Declined(Exception):
    """The document is not of the parser's format; the text says what was missing."""


class Parser(Protocol):
    """`label` names the format in a sentence; a lower `order` is asked earlier."""

    name: str
    label: str
    order: int

    def parse(self, digest: RawDigest) -> ParsedDigest:
        """The document's day and its entries, in order.

        An entry that cannot be used becomes a `Problem` with its place; the others go on.
        Raises Declined at once (never later, from the entries), with the reason in a clause
        ("it is not JSON"), where the content is not of this format or holds no paper; TooLong
        (from `digest.whole()`) where it is longer than the parser holds in memory.
        Nothing else is ever raised, whatever the bytes are.
        """


class UnknownFormat(Exception):
    """No parser took the document. `tried` holds (parser's label, why it declined)."""

    def __init__(self, tried: list[tuple[str, str]]) -> None:
        self.tried = tried
        reasons = "; ".join(f"{label}: {why}" for label, why in tried)
        super().__init__(f"This is no digest that Broadsheet can read. Tried {reasons}.")


parsers: Registry[Parser] = Registry("feeds.parsers")


def _order(parser: Parser) -> tuple[int, str]:
    return parser.order, parser.name


def parse(digest: RawDigest, parser: str = "") -> ParsedDigest:
    """The document's papers, read by the named parser or by the first that takes it.

    The format is told by content alone. Raises UnknownFormat where none takes it, KeyError
    for an unknown `parser`.
    """
    candidates = [parsers.get(parser)] if parser else sorted(parsers.all(), key=_order)
    tried: list[tuple[str, str]] = []
    for candidate in candidates:
        try:
            return candidate.parse(digest)
        except (Declined, TooLong) as declined:
            tried.append((candidate.label, str(declined)))
    raise UnknownFormat(tried)
