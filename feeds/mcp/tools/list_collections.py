"""The collections and what else a person keeps."""

from feeds.collected import collections_of
from feeds.exports.markdown import words
from feeds.followed import followed_by
from feeds.mcp.caller import Caller
from feeds.mcp.shapes import TEXT, a_list, an_object
from feeds.mcp.tools.base import Failed, Given, Told, Tool, tools

_ROW = an_object(slug=TEXT, name=TEXT, visibility=TEXT)


class ListCollections(Tool):
    """What the caller collects and follows."""

    name = "list_collections"
    title = "My collections, and what I follow"
    description = (
        "Your collections (list_papers with in= reads one) and the tags, authors and lists that "
        "you follow (list_papers with in=following reads their papers)."
    )
    needs = "person"
    returns = an_object(collections=a_list(_ROW), following=a_list(TEXT))

    def call(self, given: Given, caller: Caller) -> Told:  # noqa: ARG002 (there are none)
        if caller.viewer is None:
            raise Failed("Nobody is known to ask.")
        mine, followed = collections_of(caller.viewer), followed_by(caller.viewer)
        lines = [f"- {words(one.name)} (in={one.slug}), {one.visibility}" for one in mine]
        lines += [f"- you follow {one.text}" for one in followed]
        rows = [{"slug": one.slug, "name": one.name, "visibility": one.visibility} for one in mine]
        data = {"collections": rows, "following": [one.text for one in followed]}
        return Told("\n".join(lines) or "You collect and follow nothing yet.", data)


tools.register(ListCollections())
