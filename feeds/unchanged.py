"""Whether the database is still as it was, told without asking what changed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from config.read_routing import turned_away
from feeds.models import Paper

# A snapshot names the transactions whose effects it shows: two that read the same show the same.
# A replica's leaves out what is open, so there the place in the log up to which it shows everything
# is told too. After a restart, or on another server, the same words may mean something else.
STATE = (
    "SELECT concat_ws(' ', pg_current_snapshot(), pg_last_wal_replay_lsn(), "
    "pg_postmaster_start_time())"
)


_held: ContextVar[dict[str, str | None] | None] = ContextVar("held", default=None)


class _Server:
    """What it told last, and until when that is taken to hold."""

    def __init__(self) -> None:
        self.told: str | None = None
        self.until = 0.0
        self.asking = Lock()


class Unchanged:
    """What each server told last."""

    def __init__(self) -> None:
        self._servers: dict[str, _Server] = {}
        self.seen = 0.0  # when the database answered last, of time.monotonic

    def state(self) -> str | None:
        """Words that stay the same as long as all that can be read does.

        Within SAME_FOR_MS they are not asked for anew. None where that cannot be told: within a
        transaction, which may have read what others will never see, or while the database is away.
        """
        server = self._servers.setdefault(router.db_for_read(Paper), _Server())
        if time.monotonic() < server.until:
            return server.told
        with server.asking:  # the others wait, so that all of them go on with the same words
            if time.monotonic() >= server.until:
                server.told = self.now()
                server.until = time.monotonic() + settings.SAME_FOR_MS / 1000
            return server.told

    def now(self) -> str | None:
        """The same, asked for at this moment: for those who have to see what they just did."""
        held = _held.get()
        server = router.db_for_read(Paper)
        if held is not None and server in held:
            return held[server]
        if told := _ask():
            self.seen = time.monotonic()
        if held is not None:
            held[server] = told
        return told

    def holds(self, state: str) -> bool:
        """Whether that is the state of a server by what it told last, without asking it."""
        now = time.monotonic()
        return any(one.told == state and now < one.until for one in list(self._servers.values()))

    def look_again(self) -> None:
        self._servers.clear()


@contextmanager
def one_moment() -> Iterator[None]:
    """Within, `now` is when it was asked for first: for what answers one question."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def _ask() -> str | None:
    connection = connections[router.db_for_read(Paper)]
    if connection.in_atomic_block:
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            return state_told(connection, cursor.fetchone()[0])
    except DatabaseError as error:
        turned_away(error)
        return None


def state_told(connection: BaseDatabaseWrapper, told: str) -> str | None:
    """The state in words, where the connection answered `STATE` with `told`."""
    return None if connection.in_atomic_block else f"{connection.alias} {told}"


unchanged = Unchanged()
