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
from drills.parts.soak import resident

if TYPE_CHECKING:
    from feeds.models import Source

HOUR = timedelta(hours=1)
EACH = 20  # papers of a good answer
MOST_ASKED = 8  # times within the hour
IN_A_ROW = 120
GROWTH = 0.05
LARGE = 5_000_000  # bytes


class Garbage:
    name = "garbage"
    about = f"a source that answers garbage for an hour, and then {IN_A_ROW} times in a row"
    minutes = 5.0

    def run(self, asked: Asked) -> Iterator[Row]:
        from feeds import fetching, health
        from feeds.models import Paper, Source

        database.begin()
        logging.getLogger("feeds.fetching").setLevel(
            logging.ERROR
        )  # it says each time that it stops
        with _server() as server:
            row = _source(server.server_address[1])
            now = datetime.now(UTC)
            server.body = filling.digest(EACH)
            fetching.run(row.pk, now)
            yield Row("good at first", f"{Paper.objects.count()} of {EACH} papers",
                      Paper.objects.count() == EACH)  # fmt: skip
            kinds, fetches, end = _garbage(asked.seed), 0, now + HOUR
            while (now := _due(row, now)) < end:
                server.body = next(kinds)
                fetching.run(row.pk, now)
                fetches += 1
            row.refresh_from_db()
            yield Row("asked within the hour", f"{fetches} times", 1 < fetches <= MOST_ASKED,
                      f"{MOST_ASKED} times at most; without garbage 60")  # fmt: skip
            told = health.health(row, now)
            yield Row("at the desk", told[:120], held=_is_at_the_desk(row, told))
            server.body = filling.digest(2 * EACH)
            fetching.run(row.pk, now)
            row.refresh_from_db()
            there = Paper.objects.count()
            yield Row("good again, by itself", f"{there} of {2 * EACH} papers",
                      there == 2 * EACH and row.failures == 0)  # fmt: skip
            yield from _in_a_row(server, row, kinds, asked.count or IN_A_ROW)
            server.body = filling.digest(3 * EACH)
            fetching.run(row.pk, now, asked=True)
            there = Paper.objects.count()
            yield Row("good again, once somebody runs it", f"{there} of {3 * EACH} papers",
                      there == 3 * EACH and not Source.objects.get(pk=row.pk).failures)  # fmt: skip


def _in_a_row(server: "Server", row: "Source", kinds: Iterator[bytes], times: int) -> Iterator[Row]:
    from feeds import fetching
    from feeds.models import Paper

    before, papers = 0.0, Paper.objects.count()
    for number in range(times):
        server.body = next(kinds)
        fetching.run(row.pk, datetime.now(UTC), asked=True)
        if number == times // 3:
            before = resident(os.getpid())
    after = resident(os.getpid())
    row.refresh_from_db()
    growth = after / before - 1
    found = f"{before:.0f} MB, then {after:.0f} MB: {growth:+.1%}"
    note = f"less than {GROWTH:.0%} is promised; since the first third"
    yield Row(f"garbage {times} times in a row", found, growth < GROWTH, note)
    yield Row("it stops asking", row.last_error[:120], row.stopped_at is not None)
    yield Row("papers then", f"{Paper.objects.count()} of {papers}",
              Paper.objects.count() == papers)  # fmt: skip


def _due(row: "Source", now: datetime) -> datetime:
    """When it runs next."""
    row.refresh_from_db()
    return max(now, row.next_run_at or now) if row.stopped_at is None else now + 2 * HOUR


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
