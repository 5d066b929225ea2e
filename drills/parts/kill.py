"""An ingest whose process, or whose database, is killed again and again, and then run once more."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from drills import database
from drills.frame import ROOT, Asked, Row, drills, real_data
from drills.tables import Tables, differences, summed, tables

PAPERS = 20_000
KILLS, AFTER_EACH = 20, 5  # the database is begun anew after so many
DATABASE_KILLS = 3
STARTING = 3.0  # seconds in which a new process begins to read
MOST_TRIES = 10
LOOK = 0.02  # seconds between two looks at how far an ingest is
PATIENCE = 300.0  # seconds for one undisturbed run


Killing = Callable[[subprocess.Popen[bytes]], None]


@dataclass(frozen=True, slots=True)
class Size:
    """What an undisturbed ingest makes, and how long it takes."""

    papers: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Ingest:
    """`manage.py ingest` of a document in a process of its own."""

    document: Path
    environment: Mapping[str, str]

    def start(self) -> subprocess.Popen[bytes]:
        told = ["--source", "drill", "--date", "2026-11-01"]
        with self.told.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", "ingest", str(self.document), *told],
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    @property
    def told(self) -> Path:
        """Where it says what went wrong."""
        return self.document.with_suffix(".log")

    def run(self) -> float:
        """Runs to the end; the seconds that it took. Raises where it fails."""
        start = time.monotonic()
        process = self.start()
        try:
            code = process.wait(PATIENCE)
        finally:
            process.kill()
        if code:
            raise RuntimeError(f"the ingest ended with code {code}: {self.told.read_text()[-500:]}")
        return time.monotonic() - start


def made_up(path: Path, papers: int) -> Path:
    """A dump of made-up papers; some share a title, some have an id alone, some are no papers."""
    with path.open("w") as file:
        for number in range(papers):
            paper = {
                "id": f"2604.{10_000 + number:05}",
                "title": f"A study of subject {number // 2 if number % 50 == 1 else number}",
                "abstract": f"We look at subject {number} with $x^{{{number}}}$. " * 5,
                "authors": f"Ada Author{number % 97}, Ben Writer",
                "categories": "cs.CL cs.LG" if number % 3 else "cs.CV",
            }
            if number % 40 == 7:
                paper["title"] = ""
            file.write(json.dumps(paper) + "\n")
    return path


def dump(folder: Path) -> Path:
    """The real 20,000 papers where they are, else made-up ones."""
    path = folder / "dump.jsonl"
    real = real_data()
    if real and (packed := real / "arxiv_20k.jsonl.gz").exists():
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        return path
    return made_up(path, PAPERS)


def kill_process(running: subprocess.Popen[bytes]) -> None:
    running.kill()
    running.wait()


def disturbed(
    ingest: Ingest,
    size: Size,
    kills: int,
    chance: Random,
    kill: Killing = kill_process,
    *,
    at_first: bool = True,
) -> list[int]:
    """Starts the ingest on an empty database and disturbs it `kills` times, each time further on.

    Returns how many papers were there when it was killed. With `at_first` the first moment is
    any since the process began; the others are any since a random number of papers was there.
    Where the ingest was done before its moment came, all begins anew with earlier moments.
    """
    share = 0.9
    for _ in range(MOST_TRIES):
        database.empty()
        marks = sorted(1 + chance.uniform(0, share) * size.papers for _ in range(kills))
        marks[0] = 0 if at_first else marks[0]
        there = [_killed(ingest, mark, size, chance, kill) for mark in marks]
        if None not in there:
            return [count for count in there if count is not None]
        share *= 0.7
    raise RuntimeError("the ingest was done before it could be killed")


def _killed(ingest: Ingest, mark: float, size: Size, chance: Random, kill: Killing) -> int | None:
    """Kills the ingest after a pause; before that, with a mark, so many papers have to be there.

    Returns how many are; None where it was done before.
    """
    from feeds.models import Paper, Run

    runs = Run.objects.count()
    pause = chance.uniform(0, size.seconds / 10 if mark else STARTING)
    process = ingest.start()
    try:
        while mark and (Run.objects.count() == runs or Paper.objects.count() < mark):
            if process.poll() is not None:
                return None
            time.sleep(LOOK)
        process.wait(pause)
    except subprocess.TimeoutExpired:
        there = Paper.objects.count()
        kill(process)
        return there
    finally:
        process.kill()
        process.wait()
    return None


class Kill:
    name = "kill"
    about = f"kill -9 of an ingest of {PAPERS:,} papers, or of its database, then one more run"
    minutes = 60.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        ingest = Ingest(dump(database.home()), os.environ)
        chance = Random(asked.seed)
        seconds = ingest.run()
        reference = tables()
        size = Size(len(reference["Paper"]), seconds)
        yield Row("undisturbed", f"{size.papers:,} papers in {seconds:.0f} s", held=size.papers > 0)
        kills = asked.count or KILLS
        for start in range(0, kills, AFTER_EACH):
            there = disturbed(ingest, size, min(AFTER_EACH, kills - start), chance)
            yield from _ended(f"process killed at {_listed(there)} papers", ingest, reference)
        there = disturbed(ingest, size, DATABASE_KILLS, chance, _kill_database, at_first=False)
        yield from _ended(f"PostgreSQL killed at {_listed(there)} papers", ingest, reference)


def _listed(there: list[int]) -> str:
    return ", ".join(f"{count:,}" for count in there)


def _ended(what: str, ingest: Ingest, reference: Tables) -> Iterator[Row]:
    """What one more run makes of what the killed ones left."""
    from feeds.models import Paper

    there = Paper.objects.count()
    ingest.run()
    found = [*differences(tables(), reference)]
    what = f"{what}, then one more run"
    note = f"{there:,} papers were there before the last run"
    if not found:
        yield Row(what, "the same, field for field", held=True, note=note)
    for kind, example in summed(found):
        yield Row(what, kind, held=False, note=f"{note}; {example}")


def _kill_database(running: subprocess.Popen[bytes]) -> None:
    """Kills PostgreSQL, waits until it is there again, and lets the ingest end as it will."""
    from django.db import connection

    from config import servers

    file = database.home() / "servers" / "postgres" / "postmaster.pid"
    killed = int(file.read_text().split()[0])
    os.kill(killed, signal.SIGKILL)
    running.wait(PATIENCE)
    connection.close()
    deadline = time.monotonic() + PATIENCE
    while not servers.answers(os.environ["DATABASE_URL"]):
        if time.monotonic() > deadline:
            raise RuntimeError("PostgreSQL did not come back")
        time.sleep(0.1)


drills.register(Kill())
