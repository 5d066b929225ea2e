"""The processes of `make run`: what each is, and how it is started, kept and ended."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config import keeper

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 3.0  # seconds that a process has to end what it is at
LONG_ENOUGH = 60.0  # seconds: a process that lived this long did work
LONGEST_PAUSE = 30.0  # seconds between a death and the next start
LATER = {"index": 3.0}  # seconds that the others are let start first
PR_SET_PDEATHSIG = 1  # of Linux' prctl

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Part:
    """A process that is started again when it ends, more and more slowly."""

    name: str
    arguments: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    deaths: int = 0

    def tend(self) -> str:
        """Starts it where that is due; a sentence where it ended since the last look."""
        keeper.trim(self.log)
        now = time.monotonic()
        if self.process is None and now >= self.due:
            self.process, self.started = spawn(self.arguments, self.log), now
        if self.process is None or self.process.poll() is None:
            return ""
        self.deaths = 1 if now - self.started > LONG_ENOUGH else self.deaths + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (self.deaths - 1))
        self.due = now + pause
        code = self.process.returncode
        self.end(now)
        how = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
        return f"{self.name} ended ({how}) and starts again in {pause:.0f} s; its log: {self.log}"

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Ends it, and whatever it started, at the deadline by force."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):  # none is left of its group
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def parts(logs: Path, port: int) -> list[Part]:
    """Web, worker, beat and index, small, as one machine with one reader wants them."""
    web = f"granian --interface wsgi --port {port} --workers 1 --blocking-threads 4 --no-ws"
    worker = "celery --quiet -A config worker --pool threads --concurrency 2"
    beat = "celery --quiet -A config.clock beat --pidfile= --schedule"
    memory = logs.parent / "beat"  # when it rang last
    alone = "--without-gossip --without-mingle --without-heartbeat"
    commands = {
        "web": f"-m {web} config.wsgi:application".split(),
        "worker": f"-m {worker} {alone}".split(),
        "beat": [*f"-m {beat}".split(), str(memory)],
        "index": "manage.py index --follow".split(),
    }
    start = time.monotonic()
    return [
        Part(name, command, logs / f"{name}.log", due=start + LATER.get(name, 0.0))
        for name, command in commands.items()
    ]


def spawn(arguments: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """A Python process in a group of its own, so that a Ctrl-C does not reach it before us."""
    parent = os.getpid()
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own programs
            [sys.executable, *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=lambda: end_with(parent),  # noqa: PLW1509 - no other thread runs here
        )


def end_with(parent: int) -> None:
    """Has this process told to end (SIGTERM) when its parent dies, however that dies."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
