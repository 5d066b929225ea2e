"""What a list of papers is about."""

from feeds import reading
from feeds.exports.markdown import words
from feeds.mcp.caller import Caller
from feeds.mcp.grammar import QUESTION, question
from feeds.mcp.shapes import FACET, TEXT, a_list, an_object, facet_json
from feeds.mcp.tools.base import Given, Told, Tool, tools


class ListTopics(Tool):
    """The commonest topics among the first papers of a list."""

    name = "list_topics"
    title = "Topics of a list"
    description = (
        "The commonest topics among the first 200 papers that answer a question, with how many "
        "of them carry each: what a day, a week or a field is about."
    )
    arguments = QUESTION
    returns = an_object(query=TEXT, topics=a_list(FACET))

    def call(self, given: Given, caller: Caller) -> Told:
        query = reading.at_latest(question(given), viewer=caller.viewer)
        found = reading.facets(query, viewer=caller.viewer)
        lines = [f"- {words(one.tag.name)} (tag={one.tag.slug}): {one.count}" for one in found]
        data = {"query": str(query), "topics": [facet_json(one) for one in found]}
        return Told("\n".join(lines) or "No paper answers this.", data)


tools.register(ListTopics())
