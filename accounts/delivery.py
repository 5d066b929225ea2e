"""The ledger: claim → choose → send → mark. A row is written before and after each step.

A process that dies between sending and marking has that one mail sent again, with the same
Message-ID and the same papers; nothing else is ever sent twice, and nothing is lost.
"""

import logging
import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts import pausing, suppressing
from accounts.channels.base import Channel, Down, Line, Permanent, Temporary, channels
from accounts.editions import Edition, choose
from accounts.holding import Hold, renew
from accounts.models import Cadence, Delivery, Feedback, Suppression
from accounts.models.delivery import DELIVERIES, DeliveryQuerySet
from accounts.pace import Pace
from accounts.returned.verdicts import status_in
from accounts.schedule import is_paused

logger = logging.getLogger(__name__)

MOST_TRIES = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
LONGEST_WANTED = timedelta(days=1)  # however long the other side wants to be left alone
STOPPED = "It ended, was paused, or its address was stopped."
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
        .exclude(subscription__channel__in=pausing.paused(now))
        .select_related("subscription")
        .annotate(overtaken=Exists(later))
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("subscription", "id")
    )
    stops = suppressing.suppressed({row.subscription.email for row in rows})
    for row in rows:
        _take(row, now, stops)
    Delivery.objects.write_claims(rows)
    return [row for row in rows if row.state == State.CLAIMED]


def wait_before(tries: int) -> timedelta:
    """How long after that many tries the next one is: doubling, with jitter, up to hours."""
    usual = min(FIRST_WAIT * 2.0 ** (tries - 1), LONGEST_WAIT)
    return usual * random.uniform(0.75, 1.5)  # noqa: S311  (no secret)


def _take(row: Delivery, now: datetime, stops: Mapping[str, Suppression]) -> None:
    if reason := _unwanted(row, stops):
        row.state, row.error = State.SKIPPED, reason
    elif row.tries >= MOST_TRIES or _left_in_doubt(row):
        row.state = State.PARKED
        row.error = row.error or "Whoever sent it stopped on the way: it may have gone out, or not."
    else:
        row.state, row.claimed_at, row.tries = State.CLAIMED, now, row.tries + 1


def _left_in_doubt(row: Delivery) -> bool:
    """Whether who claimed it is gone, and the site rather sends nothing than twice."""
    return row.state == State.CLAIMED and bool(settings.MAIL_STALE == "park")


def _unwanted(row: Delivery, stops: Mapping[str, Suppression]) -> str:
    order = row.subscription
    if order.ended_at or not order.confirmed_at:
        return "The subscription has ended."
    if is_paused(order.paused_until, row.period):
        return "The subscription is paused."
    if order.email in stops:
        return f"No mail goes to this address: {stops[order.email].get_cause_display()}."
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
    """Sends them one after the other, as fast as the limits allow, until the channel pauses."""
    watch, pace = _watch(channel), Pace()
    with channel.line() as line, Hold() as hold:
        for place, row in enumerate(rows):
            if watch.room is not None and place >= watch.room:
                way = str(channel.label).capitalize()
                _put_back(rows[place:], f"{way} nothing goes out for now.")
                return
            if delay := pace.wait(row.subscription.target or row.subscription.email):
                _put_back([row], "It waits for its turn.", delay)
                continue
            renew(rows[place:])
            try:
                line.open()
                if not hold.take(row):
                    _mark(row, state=State.SKIPPED, error=STOPPED)
                    continue
                stopped = _deliver(line, row, editions[row.id], watch, hold)
            except Down as error:
                logger.warning("%s is down: %s", channel.name, type(error.__cause__).__name__)
                watch.failed(str(error), timezone.now())
                _put_back(rows[place:], str(error))
                return
            if stopped:
                _put_back(rows[place + 1 :], "Too many failed in a row.")
                return


def _watch(channel: Channel) -> pausing.Watch:
    return pausing.Watch(channel.name, timezone.now(), counts=channel.shared)


def _deliver(line: Line, row: Delivery, edition: Edition, watch: pausing.Watch, hold: Hold) -> bool:
    """Sends it and marks what came of it; whether the channel is paused by it. Raises Down."""
    try:
        line.deliver(row, edition)
    except Down:
        raise
    except Temporary as error:
        _put_off(row, str(error), error.wait)
        return watch.failed(str(error), timezone.now())
    except Permanent as error:
        logger.warning("delivery %s was refused", row.id)
        _mark(row, state=State.REFUSED, error=str(error))
        _came_back(row, error.kind, str(error))
        # An address that fails is no fault of the channel's, and no sign that it is well.
        if error.kind == Feedback.Kind.BLOCKED:
            return watch.failed(str(error), timezone.now())
    except Exception as error:  # noqa: BLE001  one mail's fault must not stop the others
        _fail(row, error)
        return watch.failed(type(error).__name__, timezone.now())
    else:
        hold.sent(row, timezone.now())
        DELIVERIES.add(State.SENT.value)
        watch.went_well()
    return False


def _came_back(row: Delivery, kind: str, words: str) -> None:
    if not channels.get(row.subscription.channel).shared:
        return  # it was not the mail address that failed
    suppressing.hear(
        row.subscription.email, kind, how=Feedback.How.SMTP, now=timezone.now(),
        status=status_in(words), detail=words, delivery=row,
    )  # fmt: skip


def _fail(row: Delivery, error: Exception) -> None:
    """Records an error that nobody foresaw, and tries again later."""
    # Its own text may hold the address: that goes to the ledger, not to the log.
    logger.error("delivery %s failed: %s", row.id, type(error).__name__)
    _put_off(row, f"{type(error).__name__}: {error}")


def _put_off(row: Delivery, error: str, wanted: timedelta | None = None) -> None:
    if row.tries >= MOST_TRIES:
        logger.warning("delivery %s is parked after %s tries", row.id, row.tries)
        _mark(row, state=State.PARKED, error=error)
        _came_back(row, Feedback.Kind.SOFT, error)
    else:
        wanted = min(wanted or timedelta(), LONGEST_WANTED)
        next_try = timezone.now() + max(wait_before(row.tries), wanted)
        _mark(row, state=State.WAITING, error=error, next_try_at=next_try, rung_at=None)


def _put_back(rows: list[Delivery], error: str, delay: timedelta | None = None) -> None:
    """As if they had not been tried: they were not, since the channel is down or has its limits.

    What was chosen for a first try is chosen anew, or left to a later edition.
    """
    for row in rows:
        anew = row.tries == 1 and row.subscription.cadence != Cadence.INSTANT
        fresh: dict[str, Any] = {"asked": "", "edition": None, "papers": []} if anew else {}
        _mark(
            row,
            state=State.WAITING,
            tries=row.tries - 1,
            error=error,
            next_try_at=timezone.now() + (delay or wait_before(1)),
            rung_at=None,
            **fresh,
        )


def _mark(row: Delivery, **fields: object) -> None:
    DELIVERIES.add(str(fields["state"]))
    _ours(row).update(**fields)


def _ours(row: Delivery) -> DeliveryQuerySet:
    """The row, unless someone else has claimed it since."""
    return Delivery.objects.filter(pk=row.pk, state=State.CLAIMED, claimed_at=row.claimed_at)
