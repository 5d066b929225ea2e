"""Which database is read at this moment: the one that the request chose, or else the primary.

Tasks, commands and everything within a transaction read the primary. Writes go nowhere else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.utils.translation import gettext_noop

from config.replicas import replicas


@dataclass(slots=True)
class Reading:
    """The database that is read, whether something was written, and whether a replica failed."""

    alias: str
    wrote: bool = False
    failed: bool = False


_now: ContextVar[Reading | None] = ContextVar("reading", default=None)


class Router:
    """Django's `DATABASE_ROUTERS`, where there are replicas."""

    def db_for_read(self, _model: object, **_hints: object) -> str:
        reading = _now.get()
        if reading is None or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        return reading.alias

    def db_for_write(self, _model: object, **_hints: object) -> str:
        if reading := _now.get():
            reading.alias, reading.wrote = DEFAULT_DB_ALIAS, True  # it may read what it wrote
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_rows: object, **_hints: object) -> bool:
        return True  # they are the same rows

    def allow_migrate(self, alias: str, _app: str, **_hints: object) -> bool:
        return alias == DEFAULT_DB_ALIAS


@contextmanager
def reading_from(alias: str) -> Iterator[Reading]:
    """Within it that database is read, until something is written or a replica fails."""
    reading = Reading(alias)
    before = _now.set(reading)
    try:
        yield reading
    finally:
        _now.reset(before)


def read_primary() -> None:
    """From now on, whatever was chosen."""
    if reading := _now.get():
        reading.alias = DEFAULT_DB_ALIAS


def reader() -> BaseDatabaseWrapper:
    """The connection for a question that is written in SQL and changes nothing."""
    return connections[router.db_for_read(Model)]


def turned_away(error: BaseException) -> bool:
    """Whether a replica that was read has failed so; the primary is read from then on."""
    reading = _now.get()
    if reading is None or reading.alias == DEFAULT_DB_ALIAS:
        return False
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    replicas().leave_out(reading.alias, gettext_noop("failed a request"))
    reading.alias, reading.failed = DEFAULT_DB_ALIAS, True
    return True
