"""Copies of the whole database by PostgreSQL's own programs, and back: all of it or nothing."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import IO, Any

from django.db import connection

from config import servers

_DEBIAN = Path("/usr/lib/postgresql")
_MAJOR = re.compile(r"(\d+)")
_MADE_FROM = re.compile(r"Dumped from database version: (\d+)")
_NEEDED = ("pg_dump", "pg_restore", "psql")
_CUSTOM = ("--format=custom",)
_BARE = ("--no-owner", "--no-privileges", "--no-comments")
_QUIETLY = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
LOCK_TIMEOUT = "10s"  # somebody else is still at the tables

# Everything in the schema that is no extension's. Tables take their indexes and sequences along.
_OURS = """
SELECT format('DROP %s IF EXISTS %s CASCADE', what, name) FROM (
    SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
        oid::regclass::text, 'pg_class'::regclass, oid
    FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'ROUTINE', oid::regprocedure::text, 'pg_proc'::regclass, oid
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS thing (what, name, catalog, number)
WHERE NOT EXISTS (
    SELECT FROM pg_depend
    WHERE classid = thing.catalog AND objid = thing.number AND deptype = 'e'
)
"""


class Failed(Exception):
    """A copy that could not be made or put back; the text says why and what to do."""


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL's programs, and their version's first number."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def programs(installed: Iterable[Programs], *, to_read: bool = False) -> Programs:
    """Those of the server's version, or newer ones, which can only read it. Raises Failed."""
    server = server_major()
    found = sorted(installed, key=lambda one: (one.major != server, one.major))
    for one in found:
        if one.major == server or (to_read and one.major > server):
            return one
    known = ", ".join(f"{one.major} in {one.folder}" for one in found) or "none"
    raise Failed(
        f"The database is PostgreSQL {server}; its pg_dump, pg_restore and psql are needed. "
        f"Found: {known}. Debian has them in postgresql-client-{server}."
    )


def server_major() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def dump(path: Path) -> None:
    """Writes the database, as it is at one moment, to a file of PostgreSQL's custom format.

    Nobody but its owner may read it. Raises Failed, OSError.
    """
    found = programs(installed(), to_read=True)
    part = path.with_name(f"{path.name}.part")
    if path.exists():
        raise Failed(f"{path} is there already.")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            made = _run(found, "pg_dump", [*_CUSTOM, *_BARE, *_database()], stdout=file)
            os.fsync(file.fileno())
        if made.returncode:
            raise Failed(f"pg_dump failed: {_last_words(made.stderr)}")
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _check(found: Programs, path: Path) -> None:
    """Raises Failed where the file is no such copy, or one of a newer PostgreSQL's database."""
    listed = _run(found, "pg_restore", ["--list", str(path)], stdout=PIPE)
    if listed.returncode:
        raise Failed(f"{path} cannot be restored: {_last_words(listed.stderr)}")
    of = _MADE_FROM.search(listed.stdout.decode(errors="replace"))
    if of and int(of[1]) > server_major():
        raise Failed(
            f"{path} is of PostgreSQL {of[1]}, the database here is {server_major()}. "
            f"Restore it into PostgreSQL {of[1]} or newer."
        )


def restore(path: Path) -> None:
    """Puts the copy in the place of all that the database holds, in one transaction.

    Raises Failed; then everything is as it was.
    """
    found = programs(installed())
    _check(found, path)
    first = ["BEGIN", *_drops()]
    with (
        tempfile.TemporaryFile() as said,
        _start(found, "pg_restore", [*_BARE, "--file=-", str(path)], said, PIPE) as reader,
        _start(found, "psql", [*_QUIETLY, *_database()], said, DEVNULL) as writer,
    ):
        connection.close()  # it must not stand in the way
        whole = _hand_over(reader, writer, first)
        writer.wait()
        said.seek(0)
        if writer.returncode or not whole:
            raise Failed(f"Nothing was restored: {_last_words(said.read()) or 'it broke off'}")


def _hand_over(
    reader: "subprocess.Popen[bytes]", writer: "subprocess.Popen[bytes]", first: Sequence[str]
) -> bool:
    """Has what one reads carried out by the other, after the `first` statements; whether all came.

    The last word is said only then: a writer whose input ends before it has done nothing.
    """
    given, taken = _pipe(reader.stdout), _pipe(writer.stdin)
    try:
        taken.write("".join(f"{statement};\n" for statement in first).encode())
        shutil.copyfileobj(given, taken)
        if whole := reader.wait() == 0:
            taken.write(b"COMMIT;\n")
        taken.close()
    except BrokenPipeError:
        reader.kill()
        with suppress(BrokenPipeError):
            taken.close()
        return False
    return whole


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 (each was asked for)
    return pipe


def _drops() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_OURS)
        return [row[0] for row in cursor.fetchall()]


def installed() -> Iterator[Programs]:
    wheel = servers.programs().get("postgres")
    path = shutil.which("pg_dump")
    folders = [wheel, Path(path).parent if path else None, *_DEBIAN.glob("*/bin")]
    for folder in dict.fromkeys(folder for folder in folders if folder):
        if all((folder / name).exists() for name in _NEEDED):
            said = subprocess.run(  # noqa: S603 - a program of PostgreSQL
                [folder / "pg_dump", "--version"], capture_output=True, check=False
            )
            if version := _MAJOR.search(said.stdout.decode(errors="replace")):
                yield Programs(folder, int(version[1]))


def _database() -> list[str]:
    """How a program finds the database. The password stands in the environment, not here."""
    words = (f"{name}='{value}'" for name, value in _parameters().items())
    return [f"--dbname={' '.join(words)}"]


def _parameters() -> dict[str, str]:
    connection.ensure_connection()
    info = connection.connection.info
    return {name: _escaped(value) for name, value in info.get_parameters().items()}


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _environment() -> dict[str, str]:
    connection.ensure_connection()
    password = connection.connection.info.password
    options = f"-c lock_timeout={LOCK_TIMEOUT} -c client_min_messages=warning"
    own = {"PGOPTIONS": options, "PGCLIENTENCODING": "UTF8"}
    return os.environ | own | ({"PGPASSWORD": password} if password else {})


def _run(found: Programs, name: str, options: Sequence[str], **streams: Any) -> Any:
    return subprocess.run(  # noqa: S603 - a program of PostgreSQL
        [found[name], *options],
        stdin=DEVNULL,
        stderr=PIPE,
        env=_environment(),
        check=False,
        **streams,
    )


def _start(
    found: Programs, name: str, options: Sequence[str], said: IO[bytes], output: int
) -> "subprocess.Popen[bytes]":
    """A program that takes its input from us, and whose complaints go to the file."""
    return subprocess.Popen(  # noqa: S603 - a program of PostgreSQL
        [found[name], *options], stdin=PIPE, stdout=output, stderr=said, env=_environment()
    )


def _last_words(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    errors = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (errors or lines or [""])[0]
