"""The last look before a mail is sent, and the mark after it: one short statement for both.

What was sent is marked with the very next thing that is asked of the database, which is the hold of
the mail after it: so a process that dies has at most one mail that was sent and is not marked.
"""

from datetime import datetime
from types import TracebackType
from typing import Any, Self

from django.db import connection
from django.utils import timezone

from accounts.models import Delivery
from accounts.models.delivery import STALE

# Still ours, and wanted: nobody ended it, paused it, or stopped mail to its address.
_HOLD = """
UPDATE accounts_delivery AS held SET claimed_at = %(now)s
FROM accounts_subscription AS wanted
WHERE held.id = %(id)s AND held.state = 'claimed' AND held.claimed_at = %(claimed)s
    AND wanted.id = held.subscription_id
    AND wanted.confirmed_at IS NOT NULL AND wanted.ended_at IS NULL
    AND (wanted.paused_until IS NULL OR wanted.paused_until <= held.period)
    AND NOT EXISTS (
        SELECT FROM accounts_suppression stop
        WHERE stop.email = wanted.email AND stop.lifted_at IS NULL
    )
"""
_SENT = """
UPDATE accounts_delivery SET state = 'sent', sent_at = %(sent_at)s, error = ''
WHERE id = %(sent)s AND state = 'claimed' AND claimed_at = %(sent_claimed)s
"""
_BOTH = f"WITH sent AS ({_SENT}) {_HOLD}"


_RENEW = """
UPDATE accounts_delivery SET claimed_at = %(now)s
WHERE id = ANY(%(ids)s) AND state = 'claimed' AND claimed_at = ANY(%(claimed)s)
RETURNING id
"""
SLOW = STALE / 4


def renew(rows: list[Delivery]) -> None:
    """Says of a batch that takes long that somebody still works on it."""
    now, claimed = timezone.now(), {row.claimed_at for row in rows if row.claimed_at}
    if not claimed or now - max(claimed) < SLOW:
        return
    given: dict[str, Any] = {"now": now, "claimed": list(claimed), "ids": [row.pk for row in rows]}
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, given)
        ours = {pk for (pk,) in cursor.fetchall()}
    for row in rows:
        row.claimed_at = now if row.pk in ours else row.claimed_at


class Hold:
    """Holds one delivery after the other. What was sent is marked when the block ends, however."""

    def __init__(self) -> None:
        self._sent: dict[str, Any] = {}

    def take(self, row: Delivery) -> bool:
        """Whether it is still ours to send, and wanted, at the last moment before it is sent."""
        now = timezone.now()
        given = {"now": now, "id": row.pk, "claimed": row.claimed_at}
        held = self._do(_BOTH if self._sent else _HOLD, given)
        if held:
            row.claimed_at = now
        return held

    def sent(self, row: Delivery, at: datetime) -> None:
        """It was taken by the other side."""
        self.mark()
        self._sent = {"sent": row.pk, "sent_at": at, "sent_claimed": row.claimed_at}

    def mark(self) -> None:
        """Writes down at once what was sent."""
        if self._sent:
            self._do(_SENT, {})

    def _do(self, statement: str, given: dict[str, Any]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(statement, given | self._sent)
            self._sent = {}
            return bool(cursor.rowcount)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.mark()
