"""Which replicas of the database may be read: a memory of how each is, kept by watching them.

A thread for each server asks it once a second, as long as somebody reads: how far the primary has
come, and how much of that a replica shows. Readers look into this memory and wait for nobody. A
replica that does not answer, is too far behind, or is none is left out, and looked at again.
"""

import logging
import os
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Condition, Event, Lock, Thread
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext_noop

from config.bounded import Bounded

LOOK = 1.0  # seconds between two looks at a server that answers
PAUSE = 5.0  # seconds until one that does not is looked at again
IDLE = 30.0  # seconds without a reader, after which nobody looks any more
HOLDS = 3.0  # seconds for which what was seen is believed
PATIENCE = 2  # seconds for a connection; no reader waits for it

# Bytes of log are counted from its beginning, so that places in it are numbers.
_PRIMARY = """
SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint, system_identifier
FROM pg_control_system()
"""
_REPLICA = """
SELECT pg_is_in_recovery(), pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint,
    system_identifier FROM pg_control_system()
"""

SILENT = gettext_noop("no answer")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a replica was at a moment: `trouble` is "", or why it is left out; `behind` is in
    seconds, None where that is not known: longer than anybody watches.
    """

    trouble: str
    behind: float | None = None


class Watch:
    """A thread that looks at a server as long as somebody reads."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._wanted = 0.0
        self._runs = False
        self._starting = Lock()
        self._connection: Bounded | None = None

    def wake(self) -> None:
        """Somebody reads. Costs next to nothing while the thread runs."""
        self._wanted = time.monotonic()
        if self._runs:
            return
        with self._starting:
            if not self._runs:
                self._runs = True
                Thread(target=self._keep_looking, name=f"watch-{self.alias}", daemon=True).start()

    def look(self) -> None:
        """Asks the server and remembers. Raises psycopg.Error."""
        raise NotImplementedError

    def lost(self, error: psycopg.Error) -> None:
        """The server gave no answer."""

    def ask(self, question: str) -> tuple[Any, ...]:
        if self._connection is None:
            told = connections[self.alias].get_connection_params()
            told = {name: told[name] for name in told if name not in ("context", "cursor_factory")}
            told |= {"connect_timeout": PATIENCE, "autocommit": True}
            self._connection = Bounded.connect(**told)
        row = self._connection.execute(question.encode()).fetchone()
        return row or ()

    def _keep_looking(self) -> None:
        try:
            while time.monotonic() - self._wanted < IDLE:
                try:
                    self.look()
                    pause = LOOK
                except psycopg.Error as error:
                    self._hang_up()
                    self.lost(error)
                    pause = PAUSE
                time.sleep(pause)
        finally:  # whoever reads next starts another
            self._hang_up()
            self._runs = False

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Primary(Watch):
    """How far the primary had come, and when: replicas are measured by it."""

    def __init__(self) -> None:
        super().__init__(DEFAULT_DB_ALIAS)
        self.identity: int | None = None
        self.asked = Event()
        self._marks: deque[tuple[int, float]] = deque(maxlen=settings.READ_LAG_SECONDS + 60)

    def look(self) -> None:
        at = time.monotonic()  # before: what is there by then lies before the mark
        place, self.identity = self.ask(_PRIMARY)
        if self._marks and place < self._marks[-1][0]:
            self._marks.clear()  # it was restored
        self._marks.append((place, at))
        self.asked.set()

    def lost(self, error: psycopg.Error) -> None:
        logger.debug("The primary: %s", error)
        self.asked.set()

    def behind(self, place: int) -> float | None:
        """Since when, in seconds, a server that has come to that place lacks something; None where
        that began before the first mark.
        """
        marks = list(self._marks)
        reached = bisect_right(marks, place, key=lambda mark: mark[0])
        if marks and reached == len(marks):
            return 0.0
        return time.monotonic() - marks[reached - 1][1] if reached else None


class Replica(Watch):
    def __init__(self, alias: str, primary: Primary) -> None:
        super().__init__(alias)
        self._primary = primary
        self._seen = Seen("")
        self._looked = 0.0
        self._until = 0.0  # it is believed to be well until then
        self._changed = Condition()

    def is_well(self) -> bool:
        return time.monotonic() < self._until

    def seen(self, patience: float) -> Seen:
        """How it was some seconds ago; where nobody looked by then, waits so long for that."""
        self.wake()
        with self._changed:
            known = self._changed.wait_for(
                lambda: time.monotonic() < self._looked + PAUSE + PATIENCE, patience
            )
        return self._seen if known else Seen(SILENT)

    def leave_out(self, why: str) -> None:
        """Until it was looked at again."""
        self._tell(Seen(why))

    def look(self) -> None:
        self._primary.asked.wait(PATIENCE)
        at = time.monotonic()
        recovers, place, identity = self.ask(_REPLICA)
        self._looked = at
        self._tell(self._judged(recovers, place, identity), at)

    def lost(self, error: psycopg.Error) -> None:
        logger.debug("%s: %s", self.alias, error)
        self._looked = time.monotonic()
        self._tell(Seen(SILENT))

    def _judged(self, recovers: bool, place: int | None, identity: int) -> Seen:
        if not recovers or place is None:
            return Seen(gettext_noop("is no replica"))
        if self._primary.identity is None:
            return Seen(gettext_noop("not to be compared, as the primary gives no answer"))
        if identity != self._primary.identity:
            return Seen(gettext_noop("is a replica of another database"))
        behind = self._primary.behind(place)
        if behind is None or behind > settings.READ_LAG_SECONDS:
            return Seen(gettext_noop("too far behind"), behind)
        return Seen("", behind)

    def _tell(self, now: Seen, at: float = 0.0) -> None:
        before = self._seen
        with self._changed:
            self._seen, self._until = now, 0.0 if now.trouble else at + HOLDS
            self._changed.notify_all()
        if now.trouble and not before.trouble:
            logger.warning("%s is left out: %s", self.alias, now.trouble)
        elif before.trouble and not now.trouble:
            logger.info("%s is read from", self.alias)


class Replicas:
    """All of them, in the order in which this process takes them: it keeps to the first that is
    well, as what it keeps of one server's answers is of no use for another's.
    """

    def __init__(self, aliases: list[str]) -> None:
        self._primary = Primary()
        self.all = [Replica(alias, self._primary) for alias in aliases]

    def choose(self) -> str:
        """The database to read from: a replica, or the primary where none is well."""
        self._each(Watch.wake)
        first = os.getpid() % len(self.all)
        ordered = self.all[first:] + self.all[:first]
        return next((one.alias for one in ordered if one.is_well()), DEFAULT_DB_ALIAS)

    def leave_out(self, alias: str, why: str) -> None:
        for one in self.all:
            if one.alias == alias:
                one.leave_out(why)

    def seen(self, patience: float) -> dict[str, Seen]:
        """How each is, by its name; waits so long in all where nobody looked lately."""
        self._each(Watch.wake)
        until = time.monotonic() + patience
        return {one.alias: one.seen(max(0.0, until - time.monotonic())) for one in self.all}

    def _each(self, do: Callable[[Watch], None]) -> None:
        for one in (self._primary, *self.all):
            do(one)


@cache
def replicas() -> Replicas:
    """Those of this process."""
    return Replicas([alias for alias in connections if alias != DEFAULT_DB_ALIAS])
