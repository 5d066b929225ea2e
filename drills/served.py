"""A web process on the database at hand, for as long as a block lasts."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills.frame import ROOT

WEB = "granian --interface wsgi --workers {workers} --blocking-threads {threads} --no-ws --port"
PATIENCE = 60.0
ENDING = 20.0  # seconds
_STARTED = "Started worker-"  # in Granian's log; at a shared port another may answer


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    process: subprocess.Popen[bytes]

    def processes(self) -> list[int]:
        """The process that was started and those that answer."""
        return [self.process.pid, *children(self.process.pid)]


@contextmanager
def served(log: Path, **how: Any) -> Iterator[str]:
    """The address of a `site`."""
    with site(log, **how) as made:
        yield made.address


@contextmanager
def site(
    log: Path,
    *,
    workers: int = 1,
    threads: int = 4,
    application: str = "config.wsgi:application",
    port: int = 0,
    **environment: str,
) -> Iterator[Site]:
    """A site that answers; its processes end with the block. Raises TimeoutError.

    `environment` adds to what the process finds there. What changed is seen at once, unless it
    says otherwise. Without a `port` it takes a free one; one that is in use it shares.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = f"{WEB.format(workers=workers, threads=threads)} {port} {application}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command.split()],
            cwd=ROOT,
            env=os.environ | {"SITE_URL": address, "SAME_FOR_MS": "0"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        _wait_for(lambda: log.read_text().count(_STARTED) >= workers, process)
        _wait_for(lambda: _is_ready(address), process)
        yield Site(address, process)
    finally:
        process.terminate()
        try:
            process.wait(ENDING)
        except subprocess.TimeoutExpired:
            for pid in (*children(process.pid), process.pid):
                os.kill(pid, signal.SIGKILL)
            process.wait()


def children(parent: int) -> list[int]:
    """The processes that it started."""
    told = [Path(f"/proc/{parent}/task/{parent}/children")]
    return [int(pid) for file in told if file.exists() for pid in file.read_text().split()]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if process.poll() is not None:
            raise RuntimeError(f"the site ended with code {process.returncode}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"the site did not answer in {PATIENCE:g} s")
        time.sleep(0.1)


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False
