from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts import marks
from accounts.models.subscription import Subscription
from accounts.schedule import Due, Rhythm
from config.counting import Count

# A claim that was neither used nor renewed for this long was left by a process that died. What is
# done with a mail under one claim takes less: five steps, of EMAIL_TIMEOUT seconds at most.
STALE = timedelta(minutes=2)
DELIVERIES = Count(
    "deliveries", gettext_noop("Deliveries by the state that they came to"), ("state",)
)


# A period that the ledger has for a subscription, or a later one, is never opened again. A stop is
# looked for by its address here, and by its fingerprint too once the delivery is claimed.
_OPEN = """
INSERT INTO accounts_delivery
    (subscription_id, period, state, asked, papers, created_at, tries, next_try_at, error)
SELECT wanted.id, due.period, 'waiting', '', '{}', %(now)s, 0, %(now)s, ''
FROM unnest(
    %(cadences)s::text[], %(hours)s::int[], %(zones)s::text[], %(periods)s::date[],
    %(times)s::timestamptz[]
) AS due (cadence, hour, timezone, period, at)
JOIN accounts_subscription wanted USING (cadence, hour, timezone)
WHERE wanted.ended_at IS NULL
    AND wanted.confirmed_at <= due.at
    AND (wanted.paused_until IS NULL OR wanted.paused_until <= due.period)
    AND NOT EXISTS (
        SELECT FROM accounts_suppression stop
        WHERE stop.email = wanted.email AND stop.lifted_at IS NULL
    )
    AND NOT EXISTS (
        SELECT FROM accounts_delivery had
        WHERE had.subscription_id = wanted.id AND had.period >= due.period
    )
ORDER BY wanted.id
ON CONFLICT DO NOTHING
"""


# A batch is written in one short statement: what a bulk_update makes of it takes longer to put
# together than to carry out.
_CLAIMS = """
UPDATE accounts_delivery AS row
SET state = new.state, claimed_at = new.claimed_at, tries = new.tries, error = new.error
FROM unnest(
    %(ids)s::bigint[], %(states)s::text[], %(claimed)s::timestamptz[], %(tries)s::smallint[],
    %(errors)s::text[]
) AS new (id, state, claimed_at, tries, error)
WHERE row.id = new.id
"""
_CHOSEN = """
UPDATE accounts_delivery AS row
SET state = new.state, error = new.error, asked = new.asked, edition = new.edition,
    papers = new.papers::bigint[]
FROM unnest(
    %(ids)s::bigint[], %(states)s::text[], %(errors)s::text[], %(asked)s::text[],
    %(editions)s::date[], %(papers)s::text[]
) AS new (id, state, error, asked, edition, papers)
WHERE row.id = new.id
"""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def claimable(self, now: datetime) -> Self:
        """Those to be sent: their time has come, or who claimed them is gone."""
        waiting = Q(state=Delivery.State.WAITING, next_try_at__lte=now)
        left = Q(state=Delivery.State.CLAIMED, claimed_at__lte=now - STALE)
        return self.filter(waiting | left)

    def open(self, dues: Iterable[tuple[Rhythm, Due]], now: datetime) -> int:
        """Writes a waiting row for each subscription of a due rhythm that has none for that
        period: the same ones that `schedule.due_period` names. The number of new rows.
        """
        rows = list(dues)
        given: dict[str, Any] = {
            "now": now,
            "cadences": [rhythm.cadence for rhythm, _ in rows],
            "hours": [rhythm.hour for rhythm, _ in rows],
            "zones": [rhythm.timezone for rhythm, _ in rows],
            "periods": [due.period for _, due in rows],
            "times": [due.at for _, due in rows],
        }
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, given)
            return int(cursor.rowcount)

    def write_claims(self, rows: Iterable["Delivery"]) -> None:
        """Keeps the state, the time of the claim, the tries and the error of each."""
        _write(rows, _CLAIMS, claimed="claimed_at", tries="tries")

    def write_chosen(self, rows: Iterable["Delivery"]) -> None:
        """Keeps what was chosen for each, with its state and the error."""
        _write(rows, _CHOSEN, asked="asked", editions="edition", papers="papers_written")

    def holding_papers(self) -> Self:
        """Those whose papers their reader has, or gets by the next try."""
        states = (Delivery.State.WAITING, Delivery.State.CLAIMED, Delivery.State.SENT)
        return self.filter(state__in=states)


def _write(
    rows: Iterable["Delivery"],
    statement: str,
    **fields: str,
) -> None:
    rows = list(rows)
    for state, n in Counter(str(row.state) for row in rows).items():
        DELIVERIES.add(state, n=n)
    fields |= {"ids": "pk", "errors": "error"}
    given = {name: [getattr(row, field) for row in rows] for name, field in fields.items()}
    given["states"] = [str(row.state) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


class Delivery(models.Model):
    """One edition for one subscription: the row stands before the mail exists.

    `period` is the local day on which it is due, `number` which one of that day it is: above 0
    only where papers come as they come in. `asked` is the whole query that was asked,
    with the edition's period and date, `papers` are the ids of its papers in order: both are
    chosen once, before the first try, so that a second try brings the same. `rung_at` is when
    a worker was last told of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        SKIPPED = "skipped"
        REFUSED = "refused"
        PARKED = "parked"

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries"
    )
    period = models.DateField()
    number = models.SmallIntegerField(default=0, db_default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    edition = models.DateField(null=True, blank=True)
    asked = models.TextField(blank=True)
    papers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    rung_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "period", "number"], name="delivery_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "claimed"]),
                name="delivery_to_send",
            ),
            # What the desk sums up: the sends of the last days.
            models.Index(fields=["period"], name="delivery_by_period"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} for {self.period}"

    @property
    def papers_written(self) -> str:
        """Its papers as PostgreSQL writes an array: those of many rows cannot be one array."""
        return f"{{{','.join(map(str, self.papers))}}}"

    @property
    def message_id(self) -> str:
        """The Message-ID of its mail: the same at each try, so that a mailbox knows it again."""
        return marks.message_id(marks.Mark(marks.DELIVERY, self.pk))
