"""What sends and takes mail in a drill or a measurement: readers, workers, beat and a sink."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from drills import filling
from drills.frame import ROOT

PAPERS = 200
QUERIES = 1_000
DOMAINS = 500
WORKER = "worker --pool threads --concurrency {threads}"
ALONE = "--without-gossip --without-mingle --without-heartbeat"


@dataclass
class Sink:
    """A mail server in a process of its own; `taken` is what it wrote down."""

    port: int
    file: Path
    _seen: int = 0
    _lines: list[str] = field(default_factory=list)

    def taken(self) -> list[tuple[str, str]]:
        """(address, Message-ID) of each mail so far, in order."""
        self.count()
        parted = (line.partition("\t") for line in self._lines)
        return [(address, name) for address, _, name in parted]

    def count(self) -> int:
        """How many mails it took so far."""
        with self.file.open() as file:
            file.seek(self._seen)
            text = file.read()
        whole = text.rpartition("\n")[0]
        if whole:
            self._seen += len(whole) + 1
            self._lines += whole.split("\n")
        return len(self._lines)


@contextmanager
def sink(folder: Path) -> Iterator[Sink]:
    """A sink that ends with the block."""
    file = folder / "taken"
    file.touch()
    process = subprocess.Popen(
        [sys.executable, "-m", "drills.sinking", str(file)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout
    try:
        with process.stdout as said:
            port = int(said.readline())
        yield Sink(port, file)
    finally:
        process.kill()
        process.wait()


@dataclass
class Celery:
    """Celery processes on the database at hand, whose mail goes to the port."""

    port: int
    logs: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, threads: int = 2) -> subprocess.Popen[bytes]:
        return self._start("worker", f"{WORKER.format(threads=threads)} {ALONE}")

    def beat(self) -> subprocess.Popen[bytes]:
        return self._start("beat", f"beat --pidfile= --schedule {self.logs / 'beat'}")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        self.running.remove(process)
        process.kill()
        process.wait()

    def stop(self) -> None:
        for process in list(self.running):
            self.kill(process)

    def _start(self, name: str, command: str) -> subprocess.Popen[bytes]:
        with (self.logs / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "--quiet", "-A", "config", *command.split()],
                cwd=ROOT,
                env=os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{self.port}"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process


@contextmanager
def celery(port: int, logs: Path) -> Iterator[Celery]:
    """Celery processes that end with the block."""
    made = Celery(port, logs)
    try:
        yield made
    finally:
        made.stop()


def readers(count: int) -> datetime:
    """`count` readers with papers to read, as of the moment that is returned.

    They ask `QUERIES` different questions, from addresses at `DOMAINS` places, and all of them
    are due at the last full hour.
    """
    from accounts.models import Subscription

    now = datetime.now(UTC)
    due = now.replace(minute=0, second=0, microsecond=0)
    _papers(due)
    Subscription.objects.bulk_create(
        (
            Subscription(
                email=f"reader{number}@place{number % DOMAINS}.example.org",
                query=_query(number),
                cadence="daily",
                hour=due.hour,
                timezone="UTC",
                confirmed_at=due - timedelta(days=3),
            )
            for number in range(count)
        ),
        batch_size=1_000,
    )
    return now


def _papers(due: datetime) -> None:
    from feeds.ingest import ingest, source_named

    day = (due - timedelta(hours=1)).date()
    ingest(filling.digest(PAPERS), source_named("drill"), day=day)


def _query(number: int) -> str:
    """One of a thousand questions, each of which has many answers among the papers."""
    left_out = number % QUERIES
    return f"q=subject+-{left_out}" if left_out else ""
