"""JSON-RPC 2.0 as it comes in: bytes become messages, or a fault that says what is wrong."""

from dataclasses import dataclass
from typing import Any

import orjson

from feeds.mcp.protocol import INVALID_REQUEST, PARSE_ERROR, Fault, Json

LARGEST = 256 * 1024  # bytes of a body or a line
MOST_TOGETHER = 20  # messages in a batch
# Larger numbers are not the same in every language.
_LARGEST_NUMBER = 2**53


@dataclass(frozen=True, slots=True)
class Message:
    """A request, or a notification, whose `name` is None: nobody waits for an answer to it."""

    method: str
    params: Json
    name: str | int | None


def decoded(body: bytes) -> Any:
    """The JSON of the body. Raises Fault."""
    try:
        return orjson.loads(body)
    except ValueError as error:
        raise Fault(PARSE_ERROR, f"The message is no JSON: {error}.") from None


def message(given: object) -> Message | None:
    """The message that decoded JSON is; None for an answer, though we ask for nothing.

    Raises Fault.
    """
    if not isinstance(given, dict) or given.get("jsonrpc") != "2.0":
        raise Fault(INVALID_REQUEST, 'A message is an object with "jsonrpc": "2.0".')
    if "id" in given and name_of(given) is None:
        raise Fault(INVALID_REQUEST, "id takes a text or a whole number.")
    method = given.get("method")
    if method is None and ("result" in given or "error" in given):
        return None
    if not isinstance(method, str):
        raise Fault(INVALID_REQUEST, "method takes the name of a method.")
    params = given.get("params")
    if params is not None and not isinstance(params, dict):
        raise Fault(INVALID_REQUEST, "params takes an object.")
    return Message(method, params or {}, name_of(given))


def name_of(given: object) -> str | int | None:
    """The `id` by which a request is answered; None where it has none that counts as one."""
    name = given.get("id") if isinstance(given, dict) else None
    if isinstance(name, int) and not isinstance(name, bool) and abs(name) <= _LARGEST_NUMBER:
        return name
    return name if isinstance(name, str) else None
