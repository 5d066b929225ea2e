"""A source that answers garbage for an hour: it is asked less and less, and nothing is lost.

The hour is told to what runs sources (`feeds.fetching.run` takes the time), so that it passes in
seconds; then a day's worth of garbage is fetched in a row.
"""

import gzip
import itertools
import logging
import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from drills import database, filling
from drills.frame import Asked, Row, drills
from drills.parts.soak import grown, resident

if TYPE_CHECKING:
    from feeds.models import Source

HOUR = timedelta(hours=1)
EACH = 20  # papers of a good answer
MOST_ASKED = 8  # times within the hour
IN_A_ROW = 120
LARGE = 5_000_000  # bytes


class Garbage:
    name = "garbage"
    about = f"a source that answers garbage for an hour, and then {IN_A_ROW} times in a row"
    minutes = 5.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        logging.getLogger("feeds.fetching").setLevel(logging.ERROR)  # it tells each stop at length
        kinds = _garbage(asked.seed)
        with _server() as server:
            row = _source(server.server_address[1])
            yield _good(server, row, "good at first", 1)
            yield from _an_hour(server, row, kinds)
            yield _good(server, row, "good again, by itself", 2)
            yield from _in_a_row(server, row, kinds, asked.count or IN_A_ROW)
            yield _good(server, row, "good again, once somebody runs it", 3, asked=True)


def _good(server: "Server", row: "Source", what: str, times: int, *, asked: bool = False) -> Row:
    """It answers so many times `EACH` papers, those of before among them."""
    from feeds import fetching
    from feeds.models import Paper

    row.refresh_from_db()
    server.body = filling.digest(times * EACH)
    fetching.run(row.pk, row.next_run_at or datetime.now(UTC), asked=asked)
    row.refresh_from_db()
    there, wanted = Paper.objects.count(), times * EACH
    return Row(what, f"{there} of {wanted} papers", there == wanted and row.failures == 0)


def _an_hour(server: "Server", row: "Source", kinds: Iterator[bytes]) -> Iterator[Row]:
    """It is run whenever it is due, from one moment to the next."""
    from feeds import fetching, health

    row.refresh_from_db()
    now = row.next_run_at or datetime.now(UTC)
    fetches, end = 0, now + HOUR
    while now < end and row.next_run_at:
        server.body = next(kinds)
        fetching.run(row.pk, now)
        row.refresh_from_db()
        now, fetches = row.next_run_at or end, fetches + 1
    yield Row("asked within the hour", f"{fetches} times", 1 < fetches <= MOST_ASKED,
              f"{MOST_ASKED} times at most; without garbage 60")  # fmt: skip
    told = health.health(row, now)
    yield Row("at the desk", told[:120], held=_is_at_the_desk(row, told))


def _in_a_row(server: "Server", row: "Source", kinds: Iterator[bytes], times: int) -> Iterator[Row]:
    from feeds import fetching
    from feeds.models import Paper

    sizes, papers = [], Paper.objects.count()
    for _ in range(times):
        server.body = next(kinds)
        fetching.run(row.pk, datetime.now(UTC), asked=True)
        sizes.append(resident(os.getpid()))
    row.refresh_from_db()
    yield Row("garbage in a row", f"{times} times")
    yield from grown(sizes)
    yield Row("it stops asking", row.last_error[:120], row.stopped_at is not None)
    yield Row("papers then", f"{Paper.objects.count()} of {papers}",
              Paper.objects.count() == papers)  # fmt: skip


def _garbage(seed: int) -> Iterator[bytes]:
    """Answers that are none, over and over, no two alike."""
    chance = random.Random(seed)
    page = b"<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1><!-- %d -->"
    good = filling.digest(EACH)
    for number in itertools.count(1):
        mark = b"%d" % number
        yield chance.randbytes(10_000)
        yield page % number
        yield good[: chance.randrange(10, len(good) - 10)]
        yield b"[" * 50_000 + mark
        yield gzip.compress(b" " * LARGE + mark)
        yield mark + b"\0" * 10_000
        yield b'{"error": "overloaded", "number": %d}' % number
        yield chance.randbytes(1_000).hex().encode() * (LARGE // 2_000)


class Server(ThreadingHTTPServer):
    body = b""


@contextmanager
def _server() -> Iterator[Server]:
    """Answers every question with its `body`, until the block ends."""

    class Telling(BaseHTTPRequestHandler):
        server: Server

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(self.server.body)))
            self.end_headers()
            self.wfile.write(self.server.body)

        def log_message(self, *_: object) -> None:
            """It says nothing."""

    server = Server(("127.0.0.1", 0), Telling)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _source(port: int) -> "Source":
    from django.conf import settings

    from feeds.models import Source

    settings.FETCH_ALLOWED = [f"127.0.0.1:{port}"]
    return Source.objects.create(
        slug="drilled", name="Drilled", plugin="rss", every=1,
        settings={"url": f"http://127.0.0.1:{port}/feed"},
    )  # fmt: skip


def _is_at_the_desk(row: "Source", told: str) -> bool:
    """Whether a curator reads that it fails, on the page of the desk."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.utils.html import escape

    settings.ALLOWED_HOSTS = ["*"]
    curator = get_user_model().objects.create_user("curator@drill.example.org", is_staff=True)
    client = Client()
    client.force_login(curator)
    page = client.get("/desk/sources", follow=True).content.decode()
    error = row.last_error
    return bool(error) and escape(error[:60]) in page and "failures in a row" in told


drills.register(Garbage())
