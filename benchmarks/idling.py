"""`python -m benchmarks.idling SECONDS`: what `make run` needs while nobody asks for anything.

Prints what it found as JSON. It starts everything as `make run` does, on a free port and in a
folder of its own, waits until all of it rests, and looks on for so many seconds.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import redis

from benchmarks.frame import ROOT
from drills.served import free_port

PATIENCE = 300.0  # seconds until it rests
RESTING = 0.05  # of a processor, for all processes together
LOOK = 5.0  # seconds between two looks whether it rests
TICKS = os.sysconf("SC_CLK_TCK")
_FOREIGN = ("DATABASE_", "REDIS_", "SECRET_KEY", "BROADSHEET_", "EMAIL_", "SITE_", "MAKE")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # the servers may run as another user
        with _started(Path(folder)) as process:
            _wait_until_resting(process.pid, folder)
            print(json.dumps(_looked_at(process.pid, folder, float(sys.argv[1]))))


@contextmanager
def _started(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: text for name, text in os.environ.items() if not _is_foreign(name)}
    environment |= {"BROADSHEET_DATA": str(folder), "PORT": str(free_port())}
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _is_foreign(name: str) -> bool:
    return name.startswith(_FOREIGN)


def _wait_until_resting(pid: int, folder: str) -> None:
    log = Path(folder) / "run.log"
    deadline = time.monotonic() + PATIENCE
    before = float("inf")
    while time.monotonic() < deadline:
        time.sleep(LOOK)
        used = sum(map(_processor, _processes(pid, folder)))
        if b"Read at" in log.read_bytes() and used - before < RESTING * LOOK:
            return
        before = used
    raise SystemExit(f"It does not rest: {log.read_text().strip().splitlines()[-1:]}")


def _looked_at(pid: int, folder: str, seconds: float) -> dict[str, Any]:
    servers = json.loads((Path(folder) / "servers" / "servers.json").read_text())
    address = {server["name"]: server["address"] for server in servers}
    found = _processes(pid, folder)
    with psycopg.connect(address["postgres"], autocommit=True) as line:
        broker = redis.Redis.from_url(address["valkey"])
        first = _transactions(line), _commands(broker), {one: _wakes(one) for one in found}
        time.sleep(seconds)
        last = _transactions(line), _commands(broker), {one: _wakes(one) for one in found}
    commands = {
        name: (count - first[1].get(name, 0)) / seconds
        for name, count in last[1].items()
        if name != "info"  # which is this one's own question
    }
    return {
        "memory": sum(map(_memory, found)) / 1e3,
        "parts": _together({one: _memory(one) / 1e3 for one in found}, found),
        # One of them is this one's own look.
        "transactions": (last[0] - first[0] - 1) / seconds,
        "commands": commands,
        "wakes": _together(
            {one: _more(first[2][one], last[2][one]) / seconds for one in found}, found
        ),
    }  # fmt: skip


def _together(figures: Mapping[int, float], names: Mapping[int, str]) -> dict[str, float]:
    """The figures of processes, those of one name added up."""
    found: dict[str, float] = defaultdict(float)
    for one, name in names.items():
        found[name] += figures[one]
    return dict(found)


def _transactions(line: psycopg.Connection[Any]) -> int:
    row = line.execute("SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database").fetchone()
    return int(row[0]) if row else 0


def _commands(broker: redis.Redis) -> dict[str, int]:
    told: dict[str, Any] = broker.info("commandstats")
    return {name.removeprefix("cmdstat_"): one["calls"] for name, one in told.items()}


def _more(first: Mapping[str, int], last: Mapping[str, int]) -> int:
    """What was added; of a thread that came or went nothing is known."""
    return sum(count - first[one] for one, count in last.items() if one in first)


def _processes(pid: int, folder: str) -> dict[int, str]:
    """All that belongs to it, by process: those it started, and those that serve the folder."""
    parents, words = {}, {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            one = int(path.name)
            words[one] = (path / "cmdline").read_text().replace("\0", " ").strip()
            parents[one] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
    found = {pid} | {one for one, told in words.items() if folder in told}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return {one: _name(words[one]) for one in sorted(found) if one in words}


def _name(words: str) -> str:
    for part in ("config.run", "granian", "worker", "beat", "index", "keeper", "valkey"):
        if part in words:
            return part
    return "postgres"


def _memory(pid: int) -> int:
    """Kilobytes of its own, and its share of what it has together with others (PSS)."""
    with suppress(OSError):
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)[0])
    return 0


def _processor(pid: int) -> float:
    """Seconds that it has used."""
    with suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / TICKS
    return 0.0


def _wakes(pid: int) -> dict[str, int]:
    """How often each of its threads went to sleep, and so woke."""
    found = {}
    for path in Path(f"/proc/{pid}/task").glob("*/status"):
        with suppress(OSError):
            told = re.findall(r"^voluntary_ctxt_switches:\s+(\d+)", path.read_text(), re.MULTILINE)
            found[path.parent.name] = int(told[0])
    return found


if __name__ == "__main__":
    main()
