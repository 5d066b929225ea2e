"""Each minute: what became due is written into the ledger, and workers are told of what waits."""

import logging
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Q

from accounts import pausing
from accounts.instant import open_instant
from accounts.models import Delivery, Subscription
from accounts.pace import most_at_once
from accounts.schedule import latest_due

BATCH = 100
logger = logging.getLogger(__name__)
# A message that the broker lost costs this long, never a mail.
RING_AGAIN = timedelta(seconds=55)


def ring(now: datetime) -> None:
    """Opens the deliveries that are due at `now` and rings for all that are to be sent.

    It may be called by any number of beats at once.
    """
    try:
        open_instant(now)
    except Exception as error:  # noqa: BLE001  what is due by the clock must not wait for it
        # Its own text may hold an address.
        logger.error("no look for new papers: %s", type(error).__name__)  # noqa: TRY400
    _ring(now)


@transaction.atomic
def _ring(now: datetime) -> None:
    from accounts.tasks import send  # noqa: PLC0415  (the tasks know this module)

    open_due(now)
    waiting = iter(_unrung(now))
    while batch := list(islice(waiting, BATCH)):
        transaction.on_commit(partial(send.delay, batch))


def open_due(now: datetime) -> int:
    """Writes a row for each subscription that is due; the number of new ones.

    Every rhythm is looked at once, however many keep it.
    """
    rhythms = Subscription.objects.confirmed().running().rhythms()
    dues = [(rhythm, latest_due(rhythm, now)) for rhythm in rhythms]
    return Delivery.objects.open(dues, now)


def _unrung(now: datetime) -> list[int]:
    """Marks what is to be sent as rung for. Those who ask the same stand side by side."""
    quiet = Q(rung_at__isnull=True) | Q(rung_at__lte=now - RING_AGAIN)
    found = Delivery.objects.claimable(now).filter(quiet)
    found = found.exclude(subscription__channel__in=pausing.paused(now))
    ids = list(
        found.order_by("subscription__query", "subscription__cadence", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("id", flat=True)[: most_at_once()]
    )
    Delivery.objects.filter(id__in=ids).update(rung_at=now)
    return ids
