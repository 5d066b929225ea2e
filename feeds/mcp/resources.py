"""Papers and feeds by addresses of their own, as Markdown."""

from collections.abc import Mapping
from urllib.parse import unquote

from django.conf import settings

from feeds import reading
from feeds.mcp.caller import Caller
from feeds.mcp.naming import paper_called
from feeds.mcp.protocol import RESOURCE_NOT_FOUND, Fault, Json
from feeds.mcp.texts import list_text
from feeds.mcp.tools.base import Failed
from feeds.mcp.tools.read_paper import read
from feeds.named import feeds_listed
from feeds.query import QueryError, parse_pairs

MARKDOWN = "text/markdown"

TEMPLATES: tuple[Mapping[str, str], ...] = (
    {
        "uriTemplate": "paper://{paper}",
        "name": "paper",
        "title": "A paper",
        "description": "By its key, arXiv id or DOI, with all that its page says.",
        "mimeType": MARKDOWN,
    },
    {
        "uriTemplate": "feed://{feed}/{date}",
        "name": "edition",
        "title": "An edition of a feed",
        "description": "Of a day, a week like 2026-W17, a month like 2026-04, or latest.",
        "mimeType": MARKDOWN,
    },
)


def listed(caller: Caller) -> list[Json]:
    """The latest edition of each feed that the caller may know of."""
    return [
        {
            "uri": f"feed://{feed.slug}/latest",
            "name": feed.slug,
            "title": feed.name,
            "description": feed.description or f"The latest edition of {feed.name}.",
            "mimeType": MARKDOWN,
        }
        for feed in feeds_listed(caller.viewer)
    ]


def read_at(address: str, caller: Caller) -> list[Json]:
    """What is at that address. Raises Fault."""
    try:
        return [{"uri": address, "mimeType": MARKDOWN, "text": _text(address, caller)}]
    except (Failed, QueryError) as wrong:
        raise Fault(RESOURCE_NOT_FOUND, str(wrong), {"uri": address[:300]}) from None


def _text(address: str, caller: Caller) -> str:
    address = address.replace(f"{settings.SITE_URL}/papers/", "paper://", 1)
    scheme, _, rest = address.partition("://")
    if scheme == "paper":
        return read(paper_called(unquote(rest), caller), caller).text
    if scheme != "feed":
        raise Failed("Nothing is there. Addresses begin with paper:// or feed://.")
    feed, _, day = unquote(rest).partition("/")
    question = parse_pairs([("feed", feed), ("date", day)])
    return list_text(reading.papers_in(question, viewer=caller.viewer), caller.viewer)
