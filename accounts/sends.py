"""What went out, as the desk sees it: a send is all mail of one rhythm for one day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from accounts.models import Cadence, Delivery, Feedback, Suppression
from accounts.redacting import without_addresses

SHOWN = timedelta(days=14)
MOST_ERRORS = 20
State = Delivery.State
Kind = Feedback.Kind
FAILED = (State.REFUSED, State.PARKED)


@dataclass(frozen=True, slots=True)
class Send:
    """How the mails of a day's rhythm fared. `skipped` are those that had nothing to bring.

    `bounced` came back after they were taken, `complained` were reported, `ended` were followed by
    the end of the order. Nobody is watched reading: there is no count of that.
    """

    day: date
    cadence: str
    label: str
    sent: int
    waiting: int
    skipped: int
    failed: int
    bounced: int
    complained: int
    ended: int
    last_at: datetime | None

    @property
    def key(self) -> str:
        return f"{self.day.isoformat()}-{self.cadence}"

    @property
    def wanted(self) -> int:
        """All that were to go out."""
        return self.sent + self.waiting + self.failed

    @property
    def done(self) -> int:
        return self.sent + self.failed

    @property
    def is_running(self) -> bool:
        return self.waiting > 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason that mails of a send failed for, and how many did."""

    state: str
    error: str
    count: int


def sends(now: datetime) -> list[Send]:
    """Those of the last two weeks, the latest first."""
    return _sends(Delivery.objects.filter(period__gte=(now - SHOWN).date()))


def send(day: date, cadence: str) -> Send | None:
    """That one; None where there was none."""
    return next(iter(_sends(_of(day, cadence))), None)


def failures(day: date, cadence: str) -> list[Failure]:
    """Why its mails failed, the commonest reason first; no address among the words."""
    rows = _of(day, cadence).filter(state__in=FAILED).values("state", "error")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "error")
    merged: dict[tuple[str, str], int] = defaultdict(int)
    for row in counted[:1000]:
        merged[row["state"], without_addresses(row["error"])] += row["count"]
    ordered = sorted(merged.items(), key=lambda item: -item[1])[:MOST_ERRORS]
    return [Failure(state, error, count) for (state, error), count in ordered]


@transaction.atomic
def resend(day: date, cadence: str, now: datetime) -> int:
    """Has the failed mails of the send tried again, but for addresses that mail is stopped to.

    They keep their names and their papers. The number of them.
    """
    stopped = Suppression.objects.standing().values("email")
    failed = _of(day, cadence).filter(state__in=FAILED).exclude(subscription__email__in=stopped)
    ids = list(failed.select_for_update(of=("self",)).values_list("pk", flat=True))
    return Delivery.objects.filter(pk__in=ids).update(
        state=State.WAITING, tries=0, next_try_at=now, rung_at=None, error=""
    )


def _sends(rows: QuerySet[Delivery]) -> list[Send]:
    found = rows.values("period", "subscription__cadence").annotate(
        sent=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state__in=(State.WAITING, State.CLAIMED))),
        skipped=Count("pk", filter=Q(state=State.SKIPPED)),
        failed=Count("pk", filter=Q(state__in=FAILED)),
        last_at=Max("sent_at"),
    )
    heard = _heard(rows)
    return [
        Send(
            day=row["period"],
            cadence=row["subscription__cadence"],
            label=_label(row["subscription__cadence"]),
            sent=row["sent"],
            waiting=row["waiting"],
            skipped=row["skipped"],
            failed=row["failed"],
            last_at=row["last_at"],
            **heard[row["period"], row["subscription__cadence"]],
        )
        for row in found.order_by("-period", "subscription__cadence")
    ]


def _heard(rows: QuerySet[Delivery]) -> dict[tuple[date, str], dict[str, int]]:
    """What came back of sent mail, each mail counted once a kind."""
    names = {Kind.HARD: "bounced", Kind.SOFT: "bounced", Kind.BLOCKED: "bounced"}
    names |= {Kind.COMPLAINT: "complained", Kind.ENDED: "ended"}
    found: dict[tuple[date, str], dict[str, int]] = defaultdict(
        lambda: {"bounced": 0, "complained": 0, "ended": 0}
    )
    told = Feedback.objects.filter(delivery__in=rows, delivery__state=State.SENT)
    counted = told.values_list("delivery__period", "delivery__subscription__cadence", "kind")
    for day, cadence, kind, count in counted.annotate(count=Count("delivery", distinct=True)):
        found[day, cadence][names[Kind(kind)]] += count
    return found


def _of(day: date, cadence: str) -> QuerySet[Delivery]:
    return Delivery.objects.filter(period=day, subscription__cadence=cadence)


def _label(cadence: str) -> str:
    return str(Cadence(cadence).label) if cadence in Cadence.values else cadence
