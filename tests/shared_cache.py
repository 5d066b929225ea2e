"""A cache in front of a site that many people share: it keeps what HTTP lets it keep (RFC 9111)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding")


@dataclass
class Kept:
    """An answer, and what the requests that may have it say of the headers that it varies by."""

    said: dict[str, str]
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class SharedCache:
    """`site` is what it stands before. It is as greedy as it may be: it keeps whatever does not
    forbid it, and gives it without asking unless it is told to ask.
    """

    site: str
    place: str = ""
    given: int = 0
    kept: dict[str, list[Kept]] = field(default_factory=dict)

    def answer(self, path: str, said: dict[str, str]) -> Kept:
        found = next((one for one in self.kept.get(path, ()) if _fits(one, said)), None)
        if found and not _asks_first(found):
            self.given += 1
            return found
        etag = {"if-none-match": found.headers["etag"]} if found and "etag" in found.headers else {}
        told = self._ask(path, said | etag)
        if told.status == 304 and found:
            self.given += 1
            return found
        if _may_be_kept(told):
            self.kept.setdefault(path, []).insert(0, told)
        return told

    def _ask(self, path: str, said: dict[str, str]) -> Kept:
        line = HTTPConnection(urlsplit(self.site).netloc, timeout=30)
        line.request("GET", path, headers=said)
        answer = line.getresponse()
        body = answer.read()
        line.close()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        varies = [name.strip().lower() for name in headers.get("vary", "").split(",")]
        return Kept({name: said.get(name, "") for name in varies}, answer.status, headers, body)


def _fits(one: Kept, said: dict[str, str]) -> bool:
    return all(said.get(name, "") == value for name, value in one.said.items())


def _control(one: Kept) -> str:
    return one.headers.get("cache-control", "")


def _may_be_kept(told: Kept) -> bool:
    forbidden = ("private", "no-store")
    return (
        told.status == 200
        and "*" not in told.said
        and not any(word in _control(told) for word in forbidden)
    )


def _asks_first(one: Kept) -> bool:
    return any(word in _control(one) for word in ("no-cache", "max-age=0"))


@contextmanager
def in_front_of(site: str) -> Iterator[SharedCache]:
    """The cache, served at its `place` for as long as the block lasts."""
    cache = SharedCache(site)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = {name.lower(): value for name, value in self.headers.items()}
            said["host"] = urlsplit(site).netloc
            told = cache.answer(self.path, said)
            self.send_response(told.status)
            for name, value in told.headers.items():
                if name not in _HOP_BY_HOP:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    cache.place = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield cache
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
