"""What a tool is, what it is given, and the registry of them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from feeds.mcp.caller import Caller
from feeds.mcp.protocol import Json
from feeds.registry import Registry

# Whom a tool is for: anybody, someone who is known, or someone whose key may write.
Needs = Literal["", "person", "write"]


class Failed(Exception):
    """A tool cannot do what it was asked; the text tells the agent why and what to do."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool answers: `text` in Markdown, and the same as `data`."""

    text: str
    data: Json


class Given:
    """The arguments of a call, each read as what it has to be. All raise Failed."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self._arguments = {
            name: value for name, value in arguments.items() if value not in (None, "", [])
        }

    def text(self, name: str, otherwise: str | None = None) -> str:
        value = self._arguments.get(name, otherwise)
        if value is None:
            raise Failed(f"{name} is missing.")
        if not isinstance(value, str):
            raise Failed(f"{name} takes a text.")
        return _without_nul(name, value)

    def texts(self, name: str) -> list[str]:
        """One text counts as a list of one."""
        value = self._arguments.get(name, [])
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            raise Failed(f"{name} takes a list of texts.")
        return [_without_nul(name, one) for one in several]

    def number(self, name: str, otherwise: int, most: int) -> int:
        value = self._arguments.get(name, otherwise)
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # 1.0 is a whole number in JSON
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise Failed(f"{name} takes a whole number from 1 to {most}.")
        return value

    def flag(self, name: str) -> bool:
        value = self._arguments.get(name, False)
        if not isinstance(value, bool):
            raise Failed(f"{name} takes true or false.")
        return value


def _without_nul(name: str, text: str) -> str:
    if "\0" in text:
        raise Failed(f"{name} holds a character that is no text.")
    return text


class Tool(ABC):
    """Something that an agent may have done.

    `arguments` are JSON Schemas by name, of which `required` have to be given; `returns` is that
    of the data that it answers with. What needs "write" changes something.
    """

    name: str
    title: str
    description: str
    needs: Needs = ""
    arguments: Mapping[str, Json] = {}
    required: tuple[str, ...] = ()
    returns: Json

    @abstractmethod
    def call(self, given: Given, caller: Caller) -> Told:
        """Does it. Raises Failed, and QueryError for a question that cannot be answered."""


tools: Registry[Tool] = Registry("feeds.mcp.tools")


def tools_for(caller: Caller) -> list[Tool]:
    """Those that the caller may call."""
    return [tool for tool in tools.all() if may(caller, tool)]


def may(caller: Caller, tool: Tool) -> bool:
    if tool.needs == "write":
        return caller.account is not None and caller.may_write
    return tool.needs == "" or caller.account is not None
