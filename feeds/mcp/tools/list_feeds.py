"""The feeds of the site."""

from feeds.exports.markdown import words
from feeds.mcp.caller import Caller
from feeds.mcp.shapes import FEED, a_list, an_object, feed_json
from feeds.mcp.tools.base import Given, Told, Tool, tools
from feeds.named import FeedView, feeds_listed


class ListFeeds(Tool):
    """Feeds that the caller may know of."""

    name = "list_feeds"
    title = "Feeds"
    description = (
        "The curated feeds of this site and what each asks for. list_papers with feed= reads one, "
        "list_editions lists its days."
    )
    returns = an_object(feeds=a_list(FEED))

    def call(self, given: Given, caller: Caller) -> Told:  # noqa: ARG002 (there are none)
        found = feeds_listed(caller.viewer)
        text = "\n".join(map(_line, found)) or "This site has no feeds."
        return Told(text, {"feeds": [feed_json(feed) for feed in found]})


def _line(feed: FeedView) -> str:
    about = f": {words(feed.description)}" if feed.description else ""
    return f"- {words(feed.name)} (feed={feed.slug}){about}"


tools.register(ListFeeds())
