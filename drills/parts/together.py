"""The same days from many threads at once, twice over, each in an order of its own."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from drills import database
from drills.frame import Asked, NotRun, Row, drills, real_data

if TYPE_CHECKING:
    from feeds.ingest import Report

THREADS = 8
SOURCE = "daily"


@dataclass(frozen=True, slots=True)
class Day:
    """One day's document, and the arXiv ids that stand in it, in order."""

    date: date
    content: bytes
    ids: tuple[str, ...]


@dataclass(slots=True)
class Pass:
    """What came of all threads' documents."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, report: "Report") -> None:
        for name in ("new", "updated", "unchanged", "rejected"):
            self.counts[name] += getattr(report, name)

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {name}" for name, count in self.counts.items() if count)


def days(folder: Path, count: int | None = None) -> list[Day]:
    """The days of the daily papers API, their ids read without any of our parsers."""
    found = []
    for path in sorted((folder / "hf_daily").glob("*.json.gz"))[:count]:
        content = gzip.decompress(path.read_bytes())
        ids = tuple(dict.fromkeys(item["paper"]["id"] for item in json.loads(content)))
        found.append(Day(date.fromisoformat(path.name[:10]), content, ids))
    return found


def one_by_one(all_days: list[Day]) -> Pass:
    """Every day once, in the order of the calendar."""
    told = Pass()
    for day in all_days:
        _put_in(day, told)
    return told


def all_at_once(all_days: list[Day], chance: Random, threads: int = THREADS) -> Pass:
    """Every day by every thread, each in its own order."""
    told = Pass()
    orders = [chance.sample(all_days, len(all_days)) for _ in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda order: _put_all_in(order, told), orders))
    return told


def _put_all_in(order: list[Day], told: Pass) -> None:
    from django.db import connection

    try:
        for day in order:
            _put_in(day, told)
    finally:
        connection.close()


def _put_in(day: Day, told: Pass) -> None:
    from feeds.ingest import ingest, source_named

    try:
        report = ingest(day.content, source_named(SOURCE), day=day.date)
    except Exception as error:  # noqa: BLE001 - a deadlock, or whatever else comes of the crowd
        told.errors.append(f"{day.date}: {type(error).__name__}: {error}")
    else:
        told.add(report)


def lost_listings(all_days: list[Day]) -> list[tuple[date, int]]:
    """The places that the documents name and the tables do not, or the other way about."""
    from feeds.models import Identifier, Listing

    papers = dict(Identifier.objects.filter(scheme="arxiv").values_list("value", "paper_id"))
    wanted = {(day.date, papers.get(name, 0)) for day in all_days for name in day.ids}
    held = set(Listing.objects.filter(source__slug=SOURCE).values_list("date", "paper_id"))
    return sorted(wanted ^ held)


class Together:
    name = "together"
    about = f"the same days from {THREADS} threads at once, twice over, in random order"
    minutes = 30.0

    def run(self, asked: Asked) -> Iterator[Row]:
        folder = real_data()
        if folder is None:
            raise NotRun("there are no real days here (BROADSHEET_REAL_DATA names their folder)")
        all_days = days(folder, asked.count)
        database.begin()
        yield from tried(all_days, Random(asked.seed))


def tried(all_days: list[Day], chance: Random, threads: int = THREADS) -> Iterator[Row]:
    """The rows of the drill, on an empty database."""
    from drills.tables import differences, summed, tables
    from feeds.models import Identifier, Paper

    alone = one_by_one(all_days)
    reference = tables()
    database.empty()
    first = all_at_once(all_days, chance, threads)
    yield Row("first pass", f"{first} ({len(all_days)} days by each thread)")
    after_first = tables()
    second = all_at_once(all_days, chance, threads)
    changed = second.counts["new"] + second.counts["updated"]
    yield Row("second pass", str(second), held=not changed)
    errors = [*alone.errors, *first.errors, *second.errors]
    yield Row("errors and deadlocks", "; ".join(errors[:3]) or "none", held=not errors)
    ids = {name for day in all_days for name in day.ids}
    found = Identifier.objects.filter(scheme="arxiv").count()
    yield Row(
        "papers", f"{Paper.objects.count():,}, of {found:,} arXiv ids",
        held=found == len(ids), note=f"{len(ids):,} arXiv ids stand in the documents",
    )  # fmt: skip
    lost = lost_listings(all_days)
    yield Row("lost places", f"{len(lost)}", held=not lost, note=_example(lost))
    yield from _compared(
        "after the second pass as after the first", summed([*differences(tables(), after_first)])
    )
    yield from _compared(
        "as from one thread in the order of days", summed([*differences(after_first, reference)])
    )


def _compared(what: str, found: list[tuple[str, str]]) -> Iterator[Row]:
    if not found:
        yield Row(what, "the same, field for field", held=True)
    for kind, example in found:
        yield Row(f"not {what}", kind, held=False, note=example)


def _example(found: list[Any]) -> str:
    return str(found[0]) if found else ""


drills.register(Together())
