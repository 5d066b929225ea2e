"""What a drill is: it tries a promise, and gives a row for each thing that it looked at."""

import os
import shutil
import signal
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from feeds.registry import Registry

ROOT = Path(__file__).resolve().parent.parent


class NotRun(Exception):
    """The drill cannot be run here; the text says why."""


class Overdue(Exception):
    """The drill took longer than it may."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of a drill.

    `seed` decides everything that is random, `count` is how many rounds (None: as many as the
    drill has by itself), `only` are the rounds to repeat alone.
    """

    seed: int = 1
    count: int | None = None
    only: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """`held` is None where `found` is a figure that decides nothing."""

    what: str
    found: str
    held: bool | None = None
    note: str = ""


class Drill(Protocol):
    """`minutes` is the longest that it may take."""

    name: str
    about: str
    minutes: float

    def run(self, asked: Asked) -> Iterator[Row]:
        """The rows, as they are found. Raises NotRun."""


drills: Registry[Drill] = Registry("drills.parts")


def real_data() -> Path | None:
    """The folder of real digests; None where there is none."""
    folder = Path(os.environ.get("BROADSHEET_REAL_DATA", ROOT.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def logs(name: str) -> Path:
    """An empty folder for what a drill's programs say: who mends a fault wants to read it."""
    folder = ROOT / ".drills" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def at_most(minutes: float) -> Iterator[None]:
    """Raises Overdue in its block after so many minutes, or when the process is told to end."""

    def late(number: int, _frame: types.FrameType | None) -> None:
        ended = number == signal.SIGTERM
        raise Overdue("it was told to end" if ended else f"not done after {minutes:g} minutes")

    before = {number: signal.signal(number, late) for number in (signal.SIGALRM, signal.SIGTERM)}
    signal.setitimer(signal.ITIMER_REAL, minutes * 60)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
