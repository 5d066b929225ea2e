"""Papers that are like one."""

from feeds import reading
from feeds.mcp.caller import Caller
from feeds.mcp.naming import PAPER, paper_named
from feeds.mcp.shapes import LINE, TEXT, a_list, an_object, line_json
from feeds.mcp.texts import papers_text
from feeds.mcp.tools.base import Given, Told, Tool, tools
from feeds.query import FeedQuery

MOST, USUAL = 50, 10


class ListSimilar(Tool):
    """Likeness by words and, where the site makes vectors, by meaning."""

    name = "list_similar"
    title = "Papers like one"
    description = (
        "The papers most like one, the likest first, each with the reason. list_papers with "
        "similar= asks the same within a tag, a period or another order."
    )
    arguments = {
        "paper": PAPER,
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    }
    required = ("paper",)
    returns = an_object(paper=TEXT, by=TEXT, papers=a_list(LINE))

    def call(self, given: Given, caller: Caller) -> Told:
        paper = paper_named(given, caller)
        limit = given.number("limit", USUAL, MOST)
        found = reading.similar(paper, viewer=caller.viewer, limit=limit)
        data = {
            "paper": paper.key,
            "by": "words and meaning" if found.by_meaning else "words",
            "papers": [line_json(one) for one in found.papers],
        }
        query = FeedQuery(similar=paper.key, period="all")
        text = papers_text(found.papers, f"Like “{paper.title}”", query)
        return Told(text if found.papers else "No paper here is like it.", data)


tools.register(ListSimilar())
