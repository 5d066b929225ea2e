"""A message in, its answer out, whatever carries them."""

import logging
from collections.abc import Mapping

from feeds.mcp import methods
from feeds.mcp.caller import Caller
from feeds.mcp.envelope import version_of
from feeds.mcp.messages import Message, message, name_of
from feeds.mcp.protocol import INTERNAL_ERROR, SERVER_KEY, STATELESS, Fault, Json

logger = logging.getLogger(__name__)


def answer(
    given: object, caller: Caller, version: str, headers: Mapping[str, str] | None = None
) -> Json | None:
    """The answer to decoded JSON; None where nobody waits for one.

    `version` is meant where the message says none, `headers` are those of HTTP.
    """
    try:
        asked = message(given)
        if asked is None:
            return None
        version = version_of(asked, headers, version)
        if asked.name is None:
            return None
        result = _result(asked, caller, version)
    except Fault as fault:
        return fault.told(name_of(given))
    return {"jsonrpc": "2.0", "id": asked.name, "result": result}


def _result(asked: Message, caller: Caller, version: str) -> Json:
    entry = methods.entry(asked.method, version)
    try:
        result = entry.method(asked.params, caller)
    except Fault:
        raise
    except Exception:
        logger.exception("MCP: %s failed", asked.method)
        raise Fault(INTERNAL_ERROR, "Something went wrong here, and it was written down.") from None
    if version not in STATELESS:
        return result
    # It depends on who asks, and may be old at once.
    kept = {"ttlMs": 0, "cacheScope": "private"} if entry.kept else {}
    return {
        **result,
        **kept,
        "resultType": "complete",
        "_meta": {SERVER_KEY: methods.server()},
    }
