"""All of a site as `make run` starts and keeps it, on the database at hand."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drills.frame import ROOT
from drills.served import children, free_port

STARTING = 180.0  # seconds, on a machine that has other things to do
LOOK = 0.05
NAMES = {"worker": "config worker", "beat": " beat ", "web": "granian", "index": "manage.py index"}


@dataclass(frozen=True, slots=True)
class Running:
    address: str
    process: subprocess.Popen[bytes]

    def part(self, name: str) -> int:
        """The process of that part; 0 while there is none."""
        found = [pid for pid in children(self.process.pid) if NAMES[name] in _words(pid)]
        return found[0] if found else 0

    def kill(self, *names: str) -> None:
        """kill -9; who keeps them starts them again."""
        for name in names:
            if pid := self.part(name):
                os.kill(pid, signal.SIGKILL)


@contextmanager
def running(logs: Path, **environment: str) -> Iterator[Running]:
    """A site whose beat was heard; all of it ends with the block. Raises TimeoutError."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    told = {"PORT": str(port), "SITE_URL": address, "BROADSHEET_SAMPLE": "off", "EMBEDDER": "off"}
    with (logs / "run.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env=os.environ | told | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        begun = time.time()
        wait_until(lambda: beat_heard() > begun, STARTING, "beat was not heard")
        yield Running(address, process)
    finally:
        process.terminate()
        process.wait()


def beat_heard() -> float:
    """When a worker last heard beat, as the clock of the machine tells time; 0: never."""
    import redis

    from feeds.vitals.beat import heard

    try:
        return heard() or 0.0
    except redis.RedisError:
        return 0.0


def wait_until(is_so: Callable[[], bool], seconds: float, otherwise: str) -> float:
    """The seconds until it is so. Raises TimeoutError with the words in `otherwise`."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() > begun + seconds:
            raise TimeoutError(f"{otherwise} in {seconds:g} s")
        time.sleep(LOOK)
    return time.monotonic() - begun


def seconds_until(is_so: Callable[[], bool], most: float) -> float:
    """The same, or infinity after `most` seconds."""
    try:
        return wait_until(is_so, most, "it was not so")
    except TimeoutError:
        return float("inf")


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
