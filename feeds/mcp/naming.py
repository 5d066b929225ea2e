"""The paper that an agent names, however it writes that."""

from django.conf import settings

from feeds import reading
from feeds.mcp.caller import Caller
from feeds.mcp.protocol import Json
from feeds.mcp.tools.base import Failed, Given
from feeds.records import PaperView
from feeds.tex.clean import strip_controls

PAPER: Json = {
    "type": "string",
    "description": "Its key, arXiv id, DOI, or address here or at arXiv.",
}


def paper_named(given: Given, caller: Caller) -> PaperView:
    """The paper that the argument `paper` names. Raises Failed."""
    return paper_called(given.text("paper"), caller)


def paper_called(name: str, caller: Caller) -> PaperView:
    """The paper of that name, or at that address of this site. Raises Failed."""
    asked = name.strip().removeprefix(f"{settings.SITE_URL}/papers/").removeprefix("paper://")
    found = reading.paper(asked, viewer=caller.viewer)
    if found is None:
        shown = strip_controls(asked)[:100]
        raise Failed(f"No paper is known as {shown}. list_papers finds papers by words of a title.")
    return found
