"""Whether the database is still as it was, told without asking what changed."""

import time
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connections, router

from feeds.models import Paper

# A snapshot names the transactions whose effects it shows: two that read the same show the same.
# After a restart, or on another server, the same words may mean something else.
_STATE = "SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text"


class Unchanged:
    """What the database told last, and until when that is taken to hold."""

    def __init__(self) -> None:
        self._told: str | None = None
        self._until = 0.0
        self._asking = Lock()
        self.seen = 0.0  # when the database answered last, of time.monotonic

    def state(self) -> str | None:
        """Words that stay the same as long as all that can be read does.

        Within SAME_FOR_MS they are not asked for anew. None where that cannot be told: within a
        transaction, which may have read what others will never see, or while the database is away.
        """
        if time.monotonic() < self._until:
            return self._told
        with self._asking:  # the others wait, so that all of them go on with the same words
            if time.monotonic() >= self._until:
                self._told = self.now()
                self._until = time.monotonic() + settings.SAME_FOR_MS / 1000
            return self._told

    def now(self) -> str | None:
        """The same, asked for at this moment: for those who have to see what they just did."""
        if told := _ask():
            self.seen = time.monotonic()
        return told

    def look_again(self) -> None:
        self._until = 0.0


def _ask() -> str | None:
    connection = connections[router.db_for_read(Paper)]
    if connection.in_atomic_block:
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute(_STATE)
            return f"{connection.alias} {cursor.fetchone()[0]}"
    except DatabaseError:
        return None


unchanged = Unchanged()
