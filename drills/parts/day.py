"""A day's papers, from the first byte to the page that shows them, beside 20,000 others."""

import html
import json
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drills import database
from drills.frame import Asked, NotRun, Row, drills, real_data
from drills.parts.kill import dump
from drills.parts.together import Day, days

if TYPE_CHECKING:
    from django.test import Client

PAPERS = 50  # of a day
TRIED = 5
PROMISED = 1.0  # seconds


class ADay:
    name = "day"
    about = "a day's papers, from the first byte to the page, into a database of 20,000"
    minutes = 15.0

    def run(self, asked: Asked) -> Iterator[Row]:
        folder = real_data()
        if folder is None:
            raise NotRun("there are no real days here (BROADSHEET_REAL_DATA names their folder)")
        database.begin()
        from django.conf import settings
        from django.test import Client

        settings.ALLOWED_HOSTS = ["*"]
        _fill()
        busy = list(busy_days(days(folder), 1 + (asked.count or TRIED)))
        client = Client()
        for day in busy:
            seconds, there = put_in_and_shown(day, client)
            if day is busy[0]:
                continue  # what is made on first use is not the day's
            yield Row(
                f"{len(day.ids)} papers of {day.date}", f"{seconds:.2f} s",
                held=there, note=f"{PROMISED:g} s or less is promised",
            )  # fmt: skip


def busy_days(quiet: list[Day], count: int) -> Iterator[Day]:
    """Days of `PAPERS` papers each, made of the real ones that follow one another."""
    items: dict[str, object] = {}
    for day in quiet:
        items |= {item["paper"]["id"]: item for item in json.loads(day.content)}
        if len(items) >= PAPERS and count:
            ids = tuple(items)[:PAPERS]
            yield Day(day.date, json.dumps([items[name] for name in ids]).encode(), ids)
            items, count = {}, count - 1


def put_in_and_shown(day: Day, client: "Client") -> tuple[float, bool]:
    """The seconds until the day's page is read, and whether its papers are on it."""
    from feeds.ingest import ingest, source_named

    start = time.monotonic()
    ingest(day.content, source_named("daily"), day=day.date)
    shown, address = "", f"/date/{day.date}"
    while address:
        page = client.get(address).content.decode()
        shown += page
        address = next_page(page)
    seconds = time.monotonic() - start
    return seconds, sum(f"/papers/{name}" in shown for name in day.ids) >= PAPERS


def next_page(page: str) -> str:
    """The address under “More papers”; empty on the last page of a list."""
    link = re.search(r'<a class="more" href="([^"]+)"', page)
    return html.unescape(link[1]) if link else ""


def _fill() -> None:
    from datetime import date

    from feeds.ingest import ingest, source_named

    content = dump(database.home()).read_bytes()
    ingest(content, source_named("archive"), day=date(2025, 1, 1))


drills.register(ADay())
