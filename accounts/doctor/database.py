"""PostgreSQL: its version, what it lacks, its clock, and how many connections it has left."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.doctor.base import BAD, GOOD, NOTE, Finding, Part, parts
from feeds.vitals import migrations
from feeds.vitals.base import WELL

OLDEST, OLDEST_VECTOR = 150_000, (0, 7)  # as server_version_num, and of pgvector
OFF, FAR_OFF = 2.0, 20.0  # seconds between two clocks
FEW, FULL = 3, 0.8  # processes that still fit; of all connections


def examine() -> Iterator[Finding]:
    yield _version()
    yield _migrations()
    yield _vector()
    yield _encoding()
    yield _clock()
    yield _connections()


def _version() -> Finding:
    number, words = _row("SELECT current_setting('server_version_num')::int, version()")
    name = " ".join(str(words).split()[:2])
    if number < OLDEST:
        return Finding("PostgreSQL", BAD, f"It is {name}.", "It takes PostgreSQL 15 or newer.")
    return Finding("PostgreSQL", GOOD, f"It is {name}.")


def _migrations() -> Finding:
    said = migrations.Migrations().look(timezone.now()).word
    if said == WELL:
        return Finding("Migrations", GOOD, "All are applied.")
    return Finding("Migrations", BAD, f"Some are {said}.", "manage.py migrate")


def _vector() -> Finding:
    about = "pgvector"
    found = _row("SELECT max(extversion) FROM pg_extension WHERE extname = 'vector'")[0]
    if found is None:
        fix = "Install pgvector on the server, then: manage.py migrate"
        return Finding(about, BAD, "The extension vector is not there.", fix)
    if tuple(int(part) for part in found.split(".")[:2]) < OLDEST_VECTOR:
        fix = "Install 0.7 or newer, then in the database: ALTER EXTENSION vector UPDATE;"
        return Finding(about, BAD, f"It is {found}.", fix)
    return Finding(about, GOOD, f"It is {found}.")


def _encoding() -> Finding:
    encoding = _row("SELECT current_setting('server_encoding')")[0]
    if encoding != "UTF8":
        fix = "Make a database with ENCODING 'UTF8', and move there (manage.py export, import)."
        return Finding("Encoding", BAD, f"It is {encoding}: titles in it break.", fix)
    return Finding("Encoding", GOOD, "It is UTF8.")


def _clock() -> Finding:
    _row("SELECT 1")  # so that no connection has to be made in between
    before = timezone.now()
    theirs: datetime = _row("SELECT clock_timestamp()")[0]
    ours = before + (timezone.now() - before) / 2
    off = abs((theirs - ours).total_seconds())
    if off > OFF:
        found = f"PostgreSQL's and this machine's are {off:.0f} s apart."
        fix = "Let both follow a time server (chrony, systemd-timesyncd): codes and links go by it."
        return Finding("Clocks", BAD if off > FAR_OFF else NOTE, found, fix)
    return Finding("Clocks", GOOD, "PostgreSQL's and this machine's agree.")


def _connections() -> Finding:
    pool = settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]
    most, used = _row(
        "SELECT current_setting('max_connections')::int"
        " - current_setting('superuser_reserved_connections')::int,"
        " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
    )
    fits = most // pool
    found = f"{used} of {most} are in use. A process takes {pool} at most, so {fits} of them fit."
    if used > FULL * most or fits < FEW:
        fix = "Lower DATABASE_POOL, raise max_connections, or put PgBouncer (sessions) before it."
        return Finding("Connections", BAD if used > FULL * most else NOTE, found, fix)
    return Finding("Connections", GOOD, found)


def _row(sql: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row: tuple[Any, ...] = cursor.fetchone()
        return row


parts.register(Part("database", 20, examine))
