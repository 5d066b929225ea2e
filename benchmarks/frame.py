"""What a benchmark is: a part gives rows, each a figure of ours beside something real."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from feeds.registry import Registry

ROOT = Path(__file__).resolve().parent.parent


class NotMeasured(Exception):
    """The part cannot be measured here; the text says why."""


@dataclass(frozen=True)
class Row:
    """`ours` beside `beside`, both in `unit`; `note` says what stands beside."""

    what: str
    ours: float
    beside: float | None = None
    unit: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.beside if self.beside else None


class Part(Protocol):
    name: str
    about: str

    def measure(self) -> list[Row]:
        """The rows of this part. Raises NotMeasured."""


parts: Registry[Part] = Registry("benchmarks.parts")


def real_data() -> Path:
    """The folder of real digests. Raises NotMeasured where there is none."""
    folder = Path(os.environ.get("BROADSHEET_REAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        raise NotMeasured(f"no real data at {folder}; BROADSHEET_REAL_DATA names the folder")
    return folder


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """A clock that says how many seconds its block took so far."""
    start = time.perf_counter()
    yield lambda: time.perf_counter() - start
