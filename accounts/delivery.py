"""The ledger: claim → choose → send → mark. A row is written before and after each step.

A process that dies between sending and marking has that one mail sent again, with the same
Message-ID and the same papers; nothing else is ever sent twice, and nothing is lost.
"""

import logging
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.channels.base import Channel, Down, Line, Permanent, Temporary, channels
from accounts.editions import Edition, choose
from accounts.models import Delivery, Subscription
from accounts.models.delivery import DeliveryQuerySet
from accounts.schedule import is_paused

logger = logging.getLogger(__name__)

MOST_TRIES = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
State = Delivery.State


def send(ids: Iterable[int]) -> None:
    """Sends those of the deliveries that are to be sent now and that nobody else has."""
    rows = claim(ids, timezone.now())
    editions = _chosen(rows)
    for name in sorted({row.subscription.channel for row in rows}):
        batch = [row for row in rows if row.id in editions and row.subscription.channel == name]
        _send_by(channels.get(name), batch, editions)


@transaction.atomic
def claim(ids: Iterable[int], now: datetime) -> list[Delivery]:
    """Takes those deliveries, so that no other worker does; their tries count one more.

    A person's older orders come first. What nobody wants any more becomes skipped and is not
    among the answer.
    """
    later = Delivery.objects.filter(
        subscription=OuterRef("subscription"), period__gt=OuterRef("period")
    ).exclude(state=State.SKIPPED)
    rows = list(
        Delivery.objects.claimable(now)
        .filter(id__in=list(ids))
        .select_related("subscription")
        .annotate(overtaken=Exists(later))
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("subscription", "id")
    )
    for row in rows:
        _take(row, now)
    Delivery.objects.bulk_update(rows, ["state", "claimed_at", "tries", "error"])
    return [row for row in rows if row.state == State.CLAIMED]


def wait_before(tries: int) -> timedelta:
    """How long after that many tries the next one is: doubling, with jitter, up to hours."""
    usual = min(FIRST_WAIT * 2.0 ** (tries - 1), LONGEST_WAIT)
    return usual * random.uniform(0.75, 1.5)  # noqa: S311  (no secret)


def _take(row: Delivery, now: datetime) -> None:
    if reason := _unwanted(row):
        row.state, row.error = State.SKIPPED, reason
    elif row.tries >= MOST_TRIES:
        row.state = State.PARKED
        row.error = row.error or "Whoever sent it stopped, each time."
    else:
        row.state, row.claimed_at, row.tries = State.CLAIMED, now, row.tries + 1


def _unwanted(row: Delivery) -> str:
    order = row.subscription
    if order.ended_at or not order.confirmed_at:
        return "The subscription has ended."
    if is_paused(order.paused_until, row.period):
        return "The subscription is paused."
    overtaken: bool = row.overtaken  # type: ignore[attr-defined]
    return "A later one stands in its place." if overtaken and not row.asked else ""


def _chosen(rows: list[Delivery]) -> dict[int, Edition]:
    """The edition of each; where one row cannot be chosen for, the others are, alone."""
    try:
        return choose(rows)
    except (OperationalError, InterfaceError):
        raise  # the database is away, for all of them
    except Exception as error:  # noqa: BLE001  one order's fault must not stop the others
        if len(rows) == 1:
            _fail(rows[0], error)
            return {}
    editions: dict[int, Edition] = {}
    for row in rows:
        row.refresh_from_db(fields=["asked", "edition", "papers", "state", "error"])
        editions |= _chosen([row])
    return editions


def _send_by(channel: Channel, rows: list[Delivery], editions: dict[int, Edition]) -> None:
    with channel.line() as line:
        for place, row in enumerate(rows):
            if not _hold(row):
                continue
            try:
                _deliver(line, row, editions[row.id])
            except Down as error:
                logger.warning("%s is down: %s", channel.name, type(error.__cause__).__name__)
                _put_back(rows[place:], str(error))
                return


def _deliver(line: Line, row: Delivery, edition: Edition) -> None:
    """Sends it and marks what came of it. Raises Down."""
    try:
        line.deliver(row, edition)
    except Down:
        raise
    except Temporary as error:
        _put_off(row, str(error))
    except Permanent as error:
        logger.warning("delivery %s was refused", row.id)
        _mark(row, state=State.REFUSED, error=str(error))
    except Exception as error:  # noqa: BLE001  one mail's fault must not stop the others
        _fail(row, error)
    else:
        _mark(row, state=State.SENT, sent_at=timezone.now(), error="")


def _hold(row: Delivery) -> bool:
    """Whether it is still ours to send, and wanted, at the last moment before it is sent."""
    order = Subscription.objects.confirmed().running().filter(pk=row.subscription_id)
    unpaused = Q(paused_until__isnull=True) | Q(paused_until__lte=row.period)
    now = timezone.now()
    held = _ours(row).filter(Exists(order.filter(unpaused))).update(claimed_at=now)
    if held:
        row.claimed_at = now
    else:
        _mark(row, state=State.SKIPPED, error="The subscription ended or was paused.")
    return bool(held)


def _fail(row: Delivery, error: Exception) -> None:
    """Records an error that nobody foresaw, and tries again later."""
    # Its own text may hold the address: that goes to the ledger, not to the log.
    logger.error("delivery %s failed: %s", row.id, type(error).__name__)
    _put_off(row, f"{type(error).__name__}: {error}")


def _put_off(row: Delivery, error: str) -> None:
    if row.tries >= MOST_TRIES:
        logger.warning("delivery %s is parked after %s tries", row.id, row.tries)
        _mark(row, state=State.PARKED, error=error)
    else:
        next_try = timezone.now() + wait_before(row.tries)
        _mark(row, state=State.WAITING, error=error, next_try_at=next_try, rung_at=None)


def _put_back(rows: list[Delivery], error: str) -> None:
    """As if they had not been tried: they were not, since the channel is down.

    What was chosen for a first try is chosen anew, or left to a later edition.
    """
    for row in rows:
        fresh: dict[str, Any] = (
            {"asked": "", "edition": None, "papers": []} if row.tries == 1 else {}
        )
        _mark(
            row,
            state=State.WAITING,
            tries=row.tries - 1,
            error=error,
            next_try_at=timezone.now() + wait_before(1),
            rung_at=None,
            **fresh,
        )


def _mark(row: Delivery, **fields: object) -> None:
    _ours(row).update(**fields)


def _ours(row: Delivery) -> DeliveryQuerySet:
    """The row, unless someone else has claimed it since."""
    return Delivery.objects.filter(pk=row.pk, state=State.CLAIMED, claimed_at=row.claimed_at)
