"""Which papers changed since a place: a sequence that no transaction can slip through.

The database notes each paper that a transaction touched, with the transaction's number
(docs/decisions/0010). A place is a snapshot: what was committed when it was taken. What has changed
since is whatever the place does not see and the present does, in whichever order it was committed.
"""

import json
import select
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.db import connection

CHANNEL = "feeds_papers"
ALL = 0  # stands for every paper, where they were emptied at once
KEPT_DAYS = 7
_FORGOTTEN = -1  # the row whose number is the first that is still remembered

# Another server, a restored backup or another table: no place of theirs says anything here.
_HISTORY = """
(SELECT system_identifier FROM pg_control_system()) || '.'
|| (SELECT timeline_id FROM pg_control_checkpoint()) || '.'
|| 'feeds_paperchange'::regclass::oid
"""
_SINCE = f"""
SELECT {_HISTORY}, pg_current_snapshot()::text,
    ARRAY(
        SELECT DISTINCT paper_id FROM feeds_paperchange
        WHERE tx >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
            AND NOT pg_visible_in_snapshot(tx, %(seen)s::pg_snapshot) AND paper_id <> {_FORGOTTEN}
    ),
    EXISTS (
        SELECT FROM feeds_paperchange
        WHERE paper_id = {_FORGOTTEN} AND tx > pg_snapshot_xmin(%(seen)s::pg_snapshot)
    )
"""  # noqa: S608 (our own words)
_WAITING = f"""
SELECT count(*), coalesce(extract(epoch FROM now() - min(at)), 0), {_HISTORY} FROM (
    SELECT at FROM feeds_paperchange
    WHERE tx >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        AND NOT pg_visible_in_snapshot(tx, %(seen)s::pg_snapshot) LIMIT 10000
) AS change
"""  # noqa: S608 (our own words)
_FORGET = f"""
WITH bound AS (
    SELECT least(max(tx), pg_snapshot_xmin(pg_current_snapshot())) AS first
    FROM feeds_paperchange WHERE at < now() - make_interval(days => %s)
), gone AS (
    DELETE FROM feeds_paperchange USING bound WHERE tx < bound.first RETURNING 1
)
INSERT INTO feeds_paperchange (tx, paper_id)
SELECT first, {_FORGOTTEN} FROM bound WHERE EXISTS (SELECT FROM gone) ON CONFLICT DO NOTHING
"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has come: in which history of the database, and what they have seen."""

    history: str
    seen: str

    def told(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, told: bytes) -> "Place":
        return cls(**json.loads(told))


@dataclass(frozen=True, slots=True)
class Changes:
    """The papers that changed, and the place after that."""

    papers: tuple[int, ...]
    place: Place


def here() -> Place:
    """The place at which nothing has changed yet. Whoever reads papers after it misses none."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_HISTORY}, pg_current_snapshot()::text")
        return Place(*cursor.fetchone())


def since(place: Place) -> Changes | None:
    """What changed since, or None where that is not known: the place is too old, or of another
    database, or all papers went at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, {"seen": place.seen})
        history, seen, papers, forgotten = cursor.fetchone()
    if history != place.history or forgotten or ALL in papers:
        return None
    return Changes(tuple(papers), Place(history, seen))


def behind(place: Place) -> tuple[int, float] | None:
    """How many changes the place has not seen (10,000 at most), and since how many seconds; None
    for a place of another database.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"seen": place.seen})
        count, seconds, history = cursor.fetchone()
    return (count, float(seconds)) if history == place.history else None


def forget(days: int = KEPT_DAYS) -> None:
    """Lets go of what changed more than some days ago. Who has not seen it starts anew."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [days])


@contextmanager
def listening() -> Iterator["Bell"]:
    """Hears the papers change, on the connection of this thread."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    yield Bell()


class Bell:
    def wait(self, seconds: float) -> None:
        """Until a paper changes, or for so long. Raises OperationalError where the server went."""
        with connection.wrap_database_errors:
            if not self._rang():
                # Its own waiting wakes ten times a second, to hear signals: the kernel needs not.
                select.select([connection.connection], [], [], seconds)
                self._rang()

    def _rang(self) -> bool:
        return bool(list(connection.connection.notifies(timeout=0)))
