"""Keeps the embedded servers of one data directory.

Every process that uses a server holds a shared lock on that server's lock file; the kernel drops it
when the process ends, however it ends. The keeper runs a server while its lock is held, starts it
again when it dies, stops it when nobody holds the lock, and leaves when nothing is left to keep.

`config.embedded` starts this file as a script: `keeper.py FOLDER`, where FOLDER/servers.json says
what to keep (`config.servers.Server`). It needs the standard library alone, and stays small.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

TICK = 1.0  # seconds between two looks at the locks and the processes, unless somebody knocks
BACK_OFF = 0.2  # seconds more after each death
LONG_ENOUGH = 5.0  # seconds: a server that lived this long did start
MOST_DEATHS = 4  # in a row, each sooner than that
LARGEST_LOG = 10_000_000  # bytes
DOOR = "door"


class Failed(Exception):
    """A server does not start; the message is one sentence."""


class Kept:
    """One server, as servers.json describes it, with its lock and its process."""

    def __init__(self, home: Path, spec: dict[str, Any]) -> None:
        self.spec = spec
        self.log = home / f"{spec['name']}.log"
        self.lock = open_lock(home / f"{spec['name']}.lock")
        self.process: subprocess.Popen[bytes] | None = None
        self.adopted = self.leader()  # what a keeper that was killed left running
        self.started = 0.0
        self.deaths = 0

    def tend(self) -> bool:
        """Starts or stops it as the lock says. Whether it is in use. Raises Failed."""
        if not take(self.lock):
            if not self.runs():
                self.start()
            return True
        if self.process is not None or self.adopted:
            self.stop()
            self.deaths = 0
        fcntl.flock(self.lock, fcntl.LOCK_UN)
        return False

    def runs(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return self.adopted > 0 and self.adopted == self.leader()

    def leader(self) -> int:
        """The process that started the others of this server; 0 where there is none."""
        return next((pid for pid, text in self.processes() if self.spec["leader"] in text), 0)

    def start(self) -> None:
        """Raises Failed where it died soon after each of the last starts."""
        if self.process is not None:
            soon = time.monotonic() - self.started < LONG_ENOUGH
            self.deaths = self.deaths + 1 if soon else 1
        if self.deaths >= MOST_DEATHS:
            raise Failed(f"{self.spec['title']} does not start; the end of {self.log} says why.")
        time.sleep(BACK_OFF * self.deaths)
        self.stop()  # what a killed server left behind
        for path in self.spec["stale"]:
            Path(path).unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - what servers.json says
                self.spec["command"],
                cwd=self.spec["folder"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.started = time.monotonic()

    def stop(self) -> None:
        """Ends every process of this server, whether this keeper started it or another did.

        The first signal is for the leader alone, and left out where only its children are left.
        """
        for step, (number, patience) in enumerate(self.spec["endings"]):
            found = self.processes()
            meant = [pid for pid, command in found if step or self.spec["leader"] in command]
            for pid in meant:
                send(pid, number)
            deadline = time.monotonic() + patience
            while meant and self.processes() and time.monotonic() < deadline:
                time.sleep(0.02)
        if self.process is not None:
            self.process.wait()
        self.process, self.adopted = None, 0

    def processes(self) -> list[tuple[int, str]]:
        """The pid and the command line of each process that serves this folder."""
        binary = Path(self.spec["command"][0]).name
        return [
            (pid, command)
            for pid, command in commands()
            if self.spec["marker"] in command
            and Path(command.split("\0")[0]).name.startswith(binary)
        ]


def open_lock(path: Path) -> int:
    """A descriptor to lock by, which children that run another program do not inherit.

    Like everything in the folder, a new file belongs to the folder's owner.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def take(lock: int) -> bool:
    """Takes the lock for this process alone, if nobody holds it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def knock(home: Path) -> None:
    """Makes the keeper, if there is one, look at the locks now."""
    with suppress(OSError):
        door = os.open(home / DOOR, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(door, b".")
        finally:
            os.close(door)


def open_door(home: Path) -> int:
    """Where knocks arrive: a pipe with a name."""
    path = home / DOOR
    path.unlink(missing_ok=True)
    os.mkfifo(path, 0o600)
    return os.open(path, os.O_RDWR | os.O_NONBLOCK)


def wait(door: int, kept: list[Kept]) -> None:
    """Returns at a knock, when a server that this keeper started ends, or after a tick."""
    running = [one.process for one in kept if one.process and one.process.returncode is None]
    endings = [os.pidfd_open(one.pid) for one in running] if hasattr(os, "pidfd_open") else []
    try:
        if door in select.select([door, *endings], [], [], TICK)[0]:
            os.read(door, 4096)
    finally:
        for ending in endings:
            os.close(ending)


def failure(home: Path) -> str:
    """Why the last keeper gave up, if it did: one sentence."""
    return (home / "keeper.lock").read_text()


def commands() -> list[tuple[int, str]]:
    """Every process that can be seen, with its command line; a NUL ends each part of it."""
    if not Path("/proc/self/cmdline").exists():
        ps = ["/bin/ps", "-axo", "pid=,command="]
        listing = subprocess.run(ps, capture_output=True, check=True)  # noqa: S603
        rows = [row.split(None, 1) for row in listing.stdout.decode(errors="replace").splitlines()]
        return [(int(row[0]), row[1].replace(" ", "\0")) for row in rows if len(row) == 2]
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue  # it has ended
            found.append((int(folder.name), command.decode(errors="replace")))
    return found


def trim(log: Path) -> None:
    """Puts a large log aside. Its writers append, so they go on in the emptied file."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)


def drop_privileges(home: Path) -> None:
    """PostgreSQL refuses to run as root: the servers run as the owner of the folder."""
    owner = home.stat()
    if os.geteuid() == 0 and owner.st_uid:
        os.setgroups([])
        os.setgid(owner.st_gid)
        os.setuid(owner.st_uid)


def same_file(path: Path, descriptor: int) -> bool:
    return path.exists() and os.path.samestat(path.stat(), os.fstat(descriptor))


def tend(kept: list[Kept]) -> bool:
    """Whether any is in use; each had its turn. Raises Failed."""
    used = [server.tend() for server in kept]
    return any(used)


def keep(home: Path, lock: int) -> None:
    """Returns when nobody uses a server any more, when one fails, or when the folder is gone."""
    drop_privileges(home)
    os.ftruncate(lock, 0)
    door = open_door(home)
    kept = [Kept(home, spec) for spec in json.loads((home / "servers.json").read_text())]
    try:
        while tend(kept) and same_file(home / "keeper.lock", lock):
            wait(door, kept)
            for server in kept:
                trim(server.log)
    except Failed as failed:
        os.pwrite(lock, str(failed).encode(), 0)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for server in kept:
            server.stop()


def main() -> None:
    home = Path(sys.argv[1])
    lock = open_lock(home / "keeper.lock")
    # The child has the lock from its first moment on; and whoever starts a keeper has no child.
    if not take(lock) or os.fork():
        return
    os.setsid()
    os.chdir("/")
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    keep(home, lock)


if __name__ == "__main__":
    main()
