"""Messages to /mcp without a client between."""

import json
from typing import Any

from django.test import Client

from feeds.mcp.protocol import CAPABILITIES_KEY, VERSION_KEY

NOW = "2026-07-28"


def request(method: str, /, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def stateless(method: str, /, **params: Any) -> dict[str, Any]:
    """A request that says all of itself."""
    meta = {VERSION_KEY: NOW, CAPABILITIES_KEY: {}}
    return request(method, **params, _meta=meta)


def send(message: Any, *, key: str = "", **headers: str) -> Any:
    """The answer to a message, or to bytes that are none; `headers` as Mcp_Method."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if key:
        given["Authorization"] = f"Bearer {key}"
    body = message if isinstance(message, bytes) else json.dumps(message)
    return Client().post("/mcp", body, content_type="application/json", headers=given)


def call(tool: str, *, key: str = "", **arguments: Any) -> Any:
    """What the tool answers."""
    answer = send(request("tools/call", name=tool, arguments=arguments), key=key)
    assert answer.status_code == 200, answer.content
    return answer.json()["result"]


def text_of(result: Any) -> str:
    return result["content"][0]["text"]
