"""A tag, an author or a list to follow."""

from django.utils import timezone

from feeds import following
from feeds.mcp.caller import Caller
from feeds.mcp.grammar import QUESTION, question
from feeds.mcp.shapes import TEXT, YES_OR_NO, an_object
from feeds.mcp.tools.base import Failed, Given, Told, Tool, tools


class Follow(Tool):
    """Follows the papers of a question from now on."""

    name = "follow"
    title = "Follow a tag, an author or a list"
    description = (
        "What you follow comes together in list_papers with in=following. Give a tag, an author or "
        "any question; period and order are left out. With stop you follow it no more."
    )
    needs = "write"
    arguments = {**QUESTION, "stop": {"type": "boolean", "default": False}}
    returns = an_object(query=TEXT, followed=YES_OR_NO)

    def call(self, given: Given, caller: Caller) -> Told:
        if caller.viewer is None:
            raise Failed("Nobody is known to follow it.")
        text, stop = str(question(given)), given.flag("stop")
        try:
            if stop:
                query = following.unfollow(text, caller.viewer)
            else:
                query = following.follow(text, caller.viewer, timezone.now())
        except following.CannotFollow as refused:
            raise Failed(str(refused)) from None
        said = f"You {'do not ' if stop else ''}follow {query}{' any more' if stop else ''}."
        return Told(said, {"query": str(query), "followed": not stop})


tools.register(Follow())
