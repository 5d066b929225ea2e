"""The words of the Model Context Protocol: its versions, its errors, its keys."""

from typing import Any

Json = dict[str, Any]

# Those that begin with a handshake, and those whose every request says all of itself.
HANDSHAKE = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
STATELESS = ("2026-07-28",)
VERSIONS = (*HANDSHAKE, *STATELESS)
# What a request over HTTP means that names no version.
UNSAID = "2025-03-26"
# Those in which several messages may come at once.
BATCHES = ("2024-11-05", "2025-03-26")

_OURS = "io.modelcontextprotocol/"
VERSION_KEY = f"{_OURS}protocolVersion"
CAPABILITIES_KEY = f"{_OURS}clientCapabilities"
SERVER_KEY = f"{_OURS}serverInfo"

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
RESOURCE_NOT_FOUND = -32002
HEADER_MISMATCH = -32020
UNSUPPORTED_VERSION = -32022


class Fault(Exception):
    """A message that cannot be answered; the text says why and what to do."""

    def __init__(self, code: int, text: str, data: Json | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.data = data

    def told(self, name: str | int | None) -> Json:
        """The error as the answer to the request of that name (its `id`)."""
        error: Json = {"code": self.code, "message": str(self)}
        if self.data is not None:
            error["data"] = self.data
        return {"jsonrpc": "2.0", "id": name, "error": error}


def unsupported(asked: object) -> Fault:
    """There is no such version here."""
    text = f"This site does not speak version {str(asked)[:40]}; it speaks {', '.join(VERSIONS)}."
    return Fault(
        UNSUPPORTED_VERSION, text, {"supported": list(VERSIONS), "requested": str(asked)[:40]}
    )
