"""Papers that answer a question: a search, a list, an edition of a feed."""

from feeds import reading
from feeds.mcp.caller import Caller
from feeds.mcp.grammar import QUESTION, question
from feeds.mcp.shapes import LINE, MAYBE_TEXT, TEXT, a_list, an_object, line_json
from feeds.mcp.texts import list_text
from feeds.mcp.tools.base import Given, Told, Tool, tools

MOST, USUAL = 50, 10


class ListPapers(Tool):
    """Searches and lists; every term of the site's questions is an argument."""

    name = "list_papers"
    title = "Search or list papers"
    description = (
        "Searches papers by words, or lists them by tag, author, feed, source, likeness or day, "
        "best first. Without arguments: the latest edition. Abstracts are left out; read_paper "
        "gives them."
    )
    arguments = {
        **QUESTION,
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        "cursor": {"type": "string", "description": "The cursor of the answer before this one."},
    }
    returns = an_object(
        query=TEXT,
        period=TEXT,
        date=MAYBE_TEXT,
        said=a_list(TEXT),
        papers=a_list(LINE),
        cursor=MAYBE_TEXT,
    )

    def call(self, given: Given, caller: Caller) -> Told:
        page = reading.papers_in(
            question(given),
            viewer=caller.viewer,
            cursor=given.text("cursor", ""),
            limit=given.number("limit", USUAL, MOST),
        )
        data = {
            "query": str(page.query),
            "period": page.query.period,
            "date": f"{page.query.date}" if page.query.date else None,
            "said": list(page.said),
            "papers": [line_json(paper) for paper in page.papers],
            "cursor": page.cursor or None,
        }
        return Told(list_text(page, caller.viewer), data)


tools.register(ListPapers())
