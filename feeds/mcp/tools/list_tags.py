"""The tags of the site, by which questions are narrowed."""

from feeds import reading
from feeds.exports.markdown import words
from feeds.mcp.caller import Caller
from feeds.mcp.shapes import TAG, a_list, an_object, tag_json
from feeds.mcp.tools.base import Given, Told, Tool, tools
from feeds.records import TagView

MOST_TAGS = 10_000
MOST, USUAL = 200, 50


class ListTags(Tool):
    """Tags by name, all or those that have some words in their names."""

    name = "list_tags"
    title = "Find tags"
    description = (
        "Topics, tasks, methods and arXiv categories by name, with the slug that tag= takes."
    )
    arguments = {
        "words": {"type": "string", "description": "Only tags with these in name or slug."},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    }
    returns = an_object(tags=a_list(TAG))

    def call(self, given: Given, caller: Caller) -> Told:  # noqa: ARG002 (all see the same)
        asked = given.text("words", "").lower().split()
        fitting = [tag for tag in reading.tags(MOST_TAGS) if _fits(tag, asked)]
        found = fitting[: given.number("limit", USUAL, MOST)]
        lines = [f"- {words(tag.name)}: tag={tag.slug} ({tag.kind})" for tag in found]
        if len(fitting) > len(found):
            lines.append(f"\nThere are {len(fitting) - len(found)} more: name some words.")
        text = "\n".join(lines) or "No tag is called so; list_papers with q= finds words anywhere."
        return Told(text, {"tags": [tag_json(tag) for tag in found]})


def _fits(tag: TagView, asked: list[str]) -> bool:
    return all(word in tag.name.lower() or word in tag.slug for word in asked)


tools.register(ListTags())
