"""MCP over standard input and output: a message a line."""

from typing import Any, BinaryIO

import orjson
from django.db import close_old_connections

from feeds.mcp.answering import answer
from feeds.mcp.caller import Caller
from feeds.mcp.messages import LARGEST, MOST_TOGETHER, decoded
from feeds.mcp.protocol import BATCHES, INVALID_REQUEST, UNSAID, Fault, Json


def serve(lines: BinaryIO, out: BinaryIO, caller: Caller) -> None:
    """Answers each line until there are no more."""
    version = UNSAID
    while line := lines.readline(LARGEST + 1):
        if not line.strip():
            continue
        told = _answered(line, lines, caller, version)
        if isinstance(told, dict):  # what a handshake agreed on holds from then on
            version = told.get("result", {}).get("protocolVersion", version)
        if told:
            out.write(orjson.dumps(told) + b"\n")
            out.flush()


def _answered(
    line: bytes, lines: BinaryIO, caller: Caller, version: str
) -> Json | list[Json] | None:
    close_old_connections()
    try:
        given = _given(line, lines)
    except Fault as fault:
        return fault.told(None)
    if isinstance(given, list) and version in BATCHES and 1 <= len(given) <= MOST_TOGETHER:
        answers = [answer(one, caller, version) for one in given]
        return [one for one in answers if one is not None]
    return answer(given, caller, version)


def _given(line: bytes, lines: BinaryIO) -> Any:
    """The JSON of the line; the rest of one that is too long is passed over. Raises Fault."""
    if len(line) <= LARGEST:
        return decoded(line)
    while line and not line.endswith(b"\n"):
        line = lines.readline(LARGEST)
    raise Fault(INVALID_REQUEST, f"A message has at most {LARGEST // 1024} kB.")
