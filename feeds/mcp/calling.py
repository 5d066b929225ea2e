"""Calling a tool: what goes wrong in it is told to the agent, which can do better."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from feeds.answers import pointed_at
from feeds.mcp.caller import Caller
from feeds.mcp.protocol import INVALID_PARAMS, Fault, Json
from feeds.mcp.tools.base import Failed, Given, Told, Tool, may, tools
from feeds.query import NotThere, QueryError, SignIn

# Where an agent finds what it named wrongly, by the term of the question.
_INSTEAD = {
    "feed": " list_feeds lists those that are there.",
    "tag": " list_tags finds tags by words.",
    "cursor": " Ask for the first page again.",
}
_KEY = f"A key is made at {settings.SITE_URL}/account/keys and sent as Authorization: Bearer."


def described(tool: Tool) -> Json:
    """The tool as a list of tools tells of it."""
    reads = tool.needs != "write"
    return {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "inputSchema": {
            "type": "object",
            "properties": {**tool.arguments},
            "required": [*tool.required],
            "additionalProperties": False,
        },
        "outputSchema": tool.returns,
        "annotations": {
            "title": tool.title,
            "readOnlyHint": reads,
            "destructiveHint": False,
            "idempotentHint": True,
            "openWorldHint": False,
        },
    }


def called(name: str, arguments: Mapping[str, Any], caller: Caller) -> Json:
    """What the tool of that name answers, or why it fails. Raises Fault for an unknown name."""
    if name not in tools.names():
        known = ", ".join(tools.names())
        raise Fault(INVALID_PARAMS, f"There is no tool called {name[:100]}; there are: {known}.")
    tool = tools.get(name)
    try:
        _check(tool, arguments, caller)
        return _answered(tool.call(Given(arguments), caller))
    except Failed as failed:
        return _failed(str(failed))
    except SignIn:
        return _failed(f"Only somebody in particular has an order for them. {_KEY}")
    except NotThere as missing:
        return _failed(f"{missing}{_INSTEAD.get(missing.field, '')}")
    except QueryError as slip:
        return _failed(f"{pointed_at(slip)}{_INSTEAD.get(slip.field, '')}")


def _check(tool: Tool, arguments: Mapping[str, Any], caller: Caller) -> None:
    if not may(caller, tool):
        kind = "that may write" if tool.needs == "write" else "of somebody"
        raise Failed(f"{tool.name} needs an API key {kind}. {_KEY}")
    if unknown := sorted(set(arguments) - set(tool.arguments)):
        known = ", ".join(tool.arguments) or "nothing"
        raise Failed(f"{tool.name} takes no {unknown[0][:100]}; it takes {known}.")
    if missing := [one for one in tool.required if arguments.get(one) in (None, "")]:
        raise Failed(f"{tool.name} needs {missing[0]}.")


def _answered(told: Told) -> Json:
    return {
        "content": [{"type": "text", "text": told.text}],
        "structuredContent": told.data,
        "isError": False,
    }


def _failed(text: str) -> Json:
    return {"content": [{"type": "text", "text": text}], "isError": True}
