"""The same papers in many formats: in whatever order they come in, the end is the same."""

import gzip
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from random import Random

from drills import database
from drills.frame import Asked, Row, drills, real_data
from drills.telling import Telling, Work, tellings

DAYS = 12
ORDERS = 5
THREADS = 8


def works_of_days(folder: Path | None, days: int) -> list[tuple[date, list[Work]]]:
    """The papers of some days: real ones where they are, else made-up ones."""
    if folder is None:
        first = date(2026, 4, 20)
        return [(first + timedelta(number), _made_up(number)) for number in range(days)]
    found, number = [], 0
    for path in sorted((folder / "hf_daily").glob("*.json.gz"))[:days]:
        items = [item["paper"] for item in json.loads(gzip.decompress(path.read_bytes()))]
        works = [_work(item, number + place) for place, item in enumerate(items)]
        number += len(works)
        found.append((date.fromisoformat(path.name[:10]), works))
    return found


def _work(item: dict[str, object], number: int) -> Work:
    people = item.get("authors") or []
    names = [one["name"] for one in people if one.get("name")] if isinstance(people, list) else []
    abstract = " ".join(str(item.get("summary") or "").split())
    return Work(number, str(item["id"]), " ".join(str(item["title"]).split()), abstract, (*names,))


def _made_up(day: int) -> list[Work]:
    return [
        Work(
            number, f"2604.{10_000 + number}", f"A study of subject {number}",
            f"We look at subject {number}, and say what we saw. It was bright. " * 6,
            (f"Ada Author{number}", "Ben Writer"),
        )
        for number in range(day * 9, day * 9 + 12)  # the last three are the next day's, too
    ]  # fmt: skip


class Order:
    name = "order"
    about = "the same papers in many formats, read in random orders"
    minutes = 30.0

    def run(self, asked: Asked) -> Iterator[Row]:
        folder = real_data()
        days = works_of_days(folder, DAYS)
        database.begin()
        told = [one for day, works in days for one in tellings(works, day)]
        yield from tried(told, Random(asked.seed), asked.count or ORDERS)


def tried(told: Sequence[Telling], chance: Random, orders: int) -> Iterator[Row]:
    """The rows of the drill, on an empty database."""
    from drills.tables import differences, summed, tables

    in_order = sorted(told, key=lambda one: (one.day, one.source))
    _put_in(in_order)
    reference = tables()
    yield Row(
        "in the order of days",
        f"{len(told)} documents, {len(reference['Paper']):,} papers",
        held=bool(reference["Paper"]),
    )
    ways = {f"order {number}": _put_in for number in range(1, orders + 1)}
    for what, put_in in (ways | {f"from {THREADS} threads": _put_in_together}).items():
        database.empty()
        put_in(chance.sample(told, len(told)))
        found = [*differences(tables(), reference)]
        if not found:
            yield Row(what, "the same, field for field", held=True)
        for kind, example in summed(found):
            yield Row(what, kind, held=False, note=example)


def _put_in(told: Sequence[Telling]) -> None:
    from feeds.ingest import ingest, source_named

    for one in told:
        ingest(one.content, source_named(one.source), day=one.day)


def _put_in_together(told: Sequence[Telling]) -> None:
    """Each document once, by whichever thread is free."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(_put_one_in, told))


def _put_one_in(one: Telling) -> None:
    from django.db import connection

    try:
        _put_in([one])
    finally:
        connection.close()


drills.register(Order())
