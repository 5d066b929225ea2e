"""The days on which a feed had an edition."""

from datetime import date

from feeds import archive
from feeds.asked import site_address
from feeds.exports.markdown import words
from feeds.mcp.caller import Caller
from feeds.mcp.shapes import MAYBE_TEXT, TEXT, a_list, an_object
from feeds.mcp.tools.base import Failed, Given, Told, Tool, tools
from feeds.query import FeedQuery, QueryError, parse_pairs


class ListEditions(Tool):
    """Editions, the latest first, with the titles that led each."""

    name = "list_editions"
    title = "Editions"
    description = (
        "The days on which the site, or one of its feeds, had an edition, the latest first, with "
        "the first titles of each. list_papers with feed= and date= reads one."
    )
    arguments = {
        "feed": {"type": "string", "description": "A feed; without one the whole site."},
        "before": {"type": "string", "description": "Only days before this one: 2026-04-24."},
    }
    returns = an_object(
        editions=a_list(an_object(date=TEXT, url=TEXT, leading=a_list(TEXT))), before=MAYBE_TEXT
    )

    def call(self, given: Given, caller: Caller) -> Told:
        query = parse_pairs([("feed", given.text("feed", ""))])
        found = archive.editions(query, _before(given), viewer=caller.viewer)
        rows = [
            {"date": f"{one.day}", "url": _address(one.query), "leading": list(one.titles)}
            for one in found.editions
        ]
        lines = [f"- {one.day}: {'; '.join(map(words, one.titles))}" for one in found.editions]
        if found.more:
            lines.append(f"\nEarlier ones: before={found.more}")
        data = {"editions": rows, "before": f"{found.more}" if found.more else None}
        return Told("\n".join(lines) or "There is no edition.", data)


def _before(given: Given) -> date | None:
    text = given.text("before", "")
    try:
        query = parse_pairs([("date", text)])
    except QueryError:
        query = FeedQuery(period="")
    if text and (query.period != "day" or query.date is None):
        raise Failed(f"before is {text[:20]!r}; it takes a day like 2026-04-24.")
    return query.date


def _address(query: FeedQuery) -> str:
    return site_address(f"/f/{query.feed}/{query.date}" if query.feed else f"/date/{query.date}")


tools.register(ListEditions())
