"""A web process on the database at hand, for as long as a block lasts."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills.frame import ROOT

WEB = "granian --interface wsgi --workers {workers} --blocking-threads {threads} --no-ws --port"
PATIENCE = 60.0


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
        _wait_for(f"{address}/readyz")
        yield Site(address, process)
    finally:
        process.terminate()
        process.wait()


def children(parent: int) -> list[int]:
    """The processes that it started."""
    told = [Path(f"/proc/{parent}/task/{parent}/children")]
    return [int(pid) for file in told if file.exists() for pid in file.read_text().split()]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer in {PATIENCE:g} s")
