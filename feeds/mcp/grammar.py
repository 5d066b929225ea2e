"""The terms of a question as the arguments of a tool, or all of them in one query string."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from feeds.mcp.protocol import Json
from feeds.mcp.tools.base import Given
from feeds.query import FOR_YOU, HAS, PERIODS, RELEVANCE, SORTS, FeedQuery, parse_pairs

_SEVERAL = ("tag", "author", "source", "has")


def _text(description: str) -> Json:
    return {"type": "string", "description": description}


def _texts(description: str) -> Json:
    return {"type": "array", "items": {"type": "string"}, "description": description}


TERMS: Mapping[str, Json] = {
    "q": _text(
        'Words in title or abstract; "a phrase", -without, author:, title:, tag:, year:2023..2025, '
        "id:, has:code, OR and parentheses."
    ),
    "tag": _texts("With all of these tags (slugs, see list_tags); -slug: without it."),
    "author": _texts("By all of these authors; case and accents do not matter."),
    "feed": _text("Within this feed, in its own order; list_feeds lists them."),
    "similar": _text("Like this paper (key, arXiv id or DOI), the likest first."),
    "in": _text("In this collection (slug); following: what the one who asks follows."),
    "source": _texts("Named by one of these sources."),
    "has": {
        "type": "array",
        "items": {"type": "string", "enum": [*HAS]},
        "description": "Only papers that come with it.",
    },
    "period": {
        "type": "string",
        "enum": [*PERIODS],
        "description": "Without one: the latest edition, or all papers where q, tag, author, in or "
        "similar is given.",
    },
    "date": _text("The period that holds it: 2026-04-24, 2026-W17 or 2026-04; else the latest."),
    "sort": {
        "type": "string",
        "enum": [*SORTS, RELEVANCE, FOR_YOU],
        "description": "hot: votes and freshness; rising: speed of votes for its age; scaled: hot, "
        "with much-voted topics lower; new: newest first; top: most votes first; relevance: the "
        "best answers to q first; for_you: the own order of the one who asks, who needs a key.",
    },
}
QUESTION: Mapping[str, Json] = {
    "query": _text(
        "All of it as one query string instead, as the site's addresses have it: "
        "tag=diffusion&tag=-medical&period=week&sort=top"
    ),
    **TERMS,
}


def question(given: Given) -> FeedQuery:
    """What the arguments ask; terms beside a query string add to it, or win where only one can be.

    Raises QueryError and Failed.
    """
    pairs = parse_qsl(given.text("query", "").removeprefix("?"), keep_blank_values=True)
    for name in TERMS:
        values = given.texts(name) if name in _SEVERAL else [given.text(name, "")]
        pairs += [(name, value) for value in values]
    return parse_pairs(pairs)
