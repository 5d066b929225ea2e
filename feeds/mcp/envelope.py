"""In which version a message is meant. From 2026-07-28 on every request says it of itself, in
`_meta`, and over HTTP its headers say the same.
"""

import base64
import re
from collections.abc import Mapping

from feeds.mcp.messages import Message
from feeds.mcp.protocol import (
    CAPABILITIES_KEY,
    HEADER_MISMATCH,
    INVALID_PARAMS,
    STATELESS,
    VERSION_KEY,
    Fault,
    unsupported,
)

VERSION_HEADER = "MCP-Protocol-Version"
# The parameter that the header Mcp-Name repeats, by method.
_NAMES = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
_WRAPPED = re.compile(r"=\?base64\?(.*)\?=")


def version_of(message: Message, headers: Mapping[str, str] | None, otherwise: str) -> str:
    """The version of the message, `otherwise` where it says none; `headers` are those of HTTP.

    Raises Fault.
    """
    meta = message.params.get("_meta")
    told = isinstance(meta, dict) and VERSION_KEY in meta
    if not told and (headers is None or headers.get(VERSION_HEADER) not in STATELESS):
        return otherwise
    if message.name is None:  # a notification tells it by its header alone
        return STATELESS[-1]
    if not isinstance(meta, dict) or {VERSION_KEY, CAPABILITIES_KEY} - meta.keys():
        raise Fault(
            INVALID_PARAMS, f"params._meta has to tell {VERSION_KEY} and {CAPABILITIES_KEY}."
        )
    version = meta[VERSION_KEY]
    if headers is not None:
        _check_headers(message, headers, version)
    if not isinstance(version, str):
        raise Fault(INVALID_PARAMS, f"{VERSION_KEY} takes a text.")
    if version not in STATELESS:
        raise unsupported(version)
    return version


def _check_headers(message: Message, headers: Mapping[str, str], version: object) -> None:
    """What stands on the way acts on the headers, so that they have to agree with the message."""
    told = {VERSION_HEADER: version, "Mcp-Method": message.method}
    if name := message.params.get(_NAMES.get(message.method, "")):
        told["Mcp-Name"] = name
    for header, value in told.items():
        if _unwrapped(headers.get(header)) != value:
            raise Fault(HEADER_MISMATCH, f"The header {header} does not say what the message says.")


def _unwrapped(value: str | None) -> str | None:
    """The value of a header; one in =?base64?…?= is text that no header can hold."""
    wrapped = _WRAPPED.fullmatch(value or "")
    if wrapped is None:
        return value
    try:
        return base64.b64decode(wrapped[1], validate=True).decode()
    except ValueError:
        return None
