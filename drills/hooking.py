"""What takes webhooks in a drill, and remembers them."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from drills.filling import FIRST_NEW

_NAMED = re.compile(r"/papers/2604\.(\d+)")


@dataclass
class Hook:
    """`place` is where it listens; `seen` are the bodies by their ids."""

    place: str
    seen: dict[str, str] = field(default_factory=dict)

    def papers(self) -> int:
        """How many papers that came in during the drill it was told of, each counted once."""
        named = {int(name) for body in list(self.seen.values()) for name in _NAMED.findall(body)}
        return sum(name >= FIRST_NEW for name in named)


@contextmanager
def hook() -> Iterator[Hook]:
    """An address on this machine that takes what it is sent, until the block ends."""
    seen: dict[str, str] = {}

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen[self.headers["webhook-id"]] = body.decode()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """It says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Hook(f"127.0.0.1:{server.server_address[1]}", seen)
    finally:
        server.shutdown()
        server.server_close()
