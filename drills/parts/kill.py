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
STARTING = 0.5  # seconds before which a new process has not begun to read
PATIENCE = 300.0  # seconds for one undisturbed run


@dataclass(frozen=True, slots=True)
class Ingest:
    """`manage.py ingest` of a document in a process of its own."""

    document: Path
    environment: Mapping[str, str]

    def start(self) -> subprocess.Popen[bytes]:
        told = ["--source", "drill", "--date", "2026-11-01"]
        return subprocess.Popen(
            [sys.executable, "manage.py", "ingest", str(self.document), *told],
            cwd=ROOT,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.told.open("wb"),
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
    seconds: float,
    kills: int,
    chance: Random,
    kill: Callable[[subprocess.Popen[bytes]], None] = kill_process,
) -> list[float]:
    """Starts the ingest and disturbs it `kills` times; the moments, in seconds from each start.

    `seconds` is how long an undisturbed run takes. One that is done before its moment comes
    counts for nothing, and the next moment is an earlier one.
    """
    moments: list[float] = []
    while len(moments) < kills:
        moment = chance.uniform(min(STARTING, seconds / 4), seconds)
        process = ingest.start()
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            kill(process)
            moments.append(moment)
        else:
            seconds = moment
        finally:
            process.kill()
            process.wait()
    return moments


class Kill:
    name = "kill"
    about = f"kill -9 of an ingest of {PAPERS:,} papers, or of its database, then one more run"
    minutes = 30.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        ingest = Ingest(dump(database.home()), os.environ)
        chance = Random(asked.seed)
        seconds = ingest.run()
        reference = tables()
        papers = f"{len(reference['Paper']):,} papers in {seconds:.0f} s"
        yield Row("undisturbed", papers, held=len(reference["Paper"]) > 0)
        kills = asked.count or KILLS
        for start in range(0, kills, AFTER_EACH):
            database.empty()
            some = min(AFTER_EACH, kills - start)
            moments = disturbed(ingest, seconds, some, chance)
            what = f"process killed after {_listed(moments)} s"
            yield from _ended(what, ingest, reference)
        database.empty()
        moments = disturbed(ingest, seconds, DATABASE_KILLS, chance, _kill_database)
        yield from _ended(f"PostgreSQL killed after {_listed(moments)} s", ingest, reference)


def _listed(moments: list[float]) -> str:
    return ", ".join(f"{moment:.1f}" for moment in moments)


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
