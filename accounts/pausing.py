"""Whether a channel runs. Failures in a row pause it; one delivery then tries whether it goes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import ChannelState
from accounts.redacting import without_addresses
from feeds.ringing import ring

MOST_FAILURES = 10  # in a row
FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=4)
_PROBE = timedelta(minutes=5)  # a probe that nobody heard of for so long is lost

logger = logging.getLogger(__name__)


def paused(now: datetime) -> QuerySet[ChannelState, str]:
    """The names of the channels on which nothing at all is sent now, as part of a question."""
    waiting = Q(try_at__isnull=True) | Q(try_at__gt=now) | Q(probed_at__gt=now - _PROBE)
    found = ChannelState.objects.filter(waiting, paused_at__isnull=False)
    return found.values_list("name", flat=True)


class Watch:
    """Counts how one batch fares on a channel.

    `room` is how many deliveries may be tried: all, one to see whether it goes again, or none.
    Failures that say nothing of the channel (`counts` is false) never pause it.
    """

    def __init__(self, name: str, now: datetime, *, counts: bool = True) -> None:
        state = ChannelState.objects.filter(name=name).first()
        self._name, self._counts = name, counts
        self._failed = bool(state and state.failures)
        self.probing = bool(state and state.paused_at)
        self.room: int | None = None
        if self.probing:
            self.room = 1 if _take_probe(name, now) else 0

    def went_well(self) -> None:
        """A mail was taken: the failures before it were not the channel's."""
        if self.probing:
            # A person may have paused it meanwhile: that stays.
            _run(ChannelState.objects.filter(name=self._name, try_at__isnull=False))
            logger.info("%s goes again", self._name)
            self.probing, self.room = False, None
        elif self._failed:
            ChannelState.objects.filter(name=self._name, paused_at=None).update(failures=0)
        self._failed = False

    def failed(self, error: str, now: datetime) -> bool:
        """One more failure; whether the channel is paused now."""
        if not self._counts:
            return False
        self._failed = True
        return _count(self._name, error, now)


def pause(name: str, now: datetime, *, by: int) -> None:
    """A person stops the channel, until a person resumes it."""
    told = {"paused_at": now, "paused_by_id": by, "try_at": None, "last_error": ""}
    ChannelState.objects.update_or_create(name=name, defaults=told)


def resume(name: str) -> None:
    """It goes on, with no failure counted."""
    _run(ChannelState.objects.filter(name=name))


def _run(states: QuerySet[ChannelState]) -> None:
    states.update(paused_at=None, paused_by=None, failures=0, pauses=0, try_at=None, probed_at=None)


@transaction.atomic
def _count(name: str, error: str, now: datetime) -> bool:
    ChannelState.objects.get_or_create(name=name)
    state = ChannelState.objects.select_for_update().get(name=name)
    state.failures = F("failures") + 1
    state.last_error = without_addresses(error, 500)
    state.save(update_fields=["failures", "last_error"])
    state.refresh_from_db(fields=["failures"])
    if state.paused_at and not state.try_at:  # a person paused it meanwhile
        return True
    if state.failures < MOST_FAILURES:
        return False
    if not state.paused_at:
        logger.error("%s is paused after %s failures in a row", name, state.failures)
        transaction.on_commit(_tell(name, state.last_error))
    state.paused_at = state.paused_at or now
    state.try_at = now + min(FIRST_PAUSE * 2.0**state.pauses, LONGEST_PAUSE)
    state.pauses, state.probed_at = state.pauses + 1, None
    state.save(update_fields=["paused_at", "try_at", "pauses", "probed_at"])
    return True


def _take_probe(name: str, now: datetime) -> bool:
    """Whether it is ours to send the one delivery; nobody else may then."""
    free = Q(probed_at__isnull=True) | Q(probed_at__lte=now - _PROBE)
    waiting = ChannelState.objects.filter(free, name=name, try_at__lte=now)
    return waiting.update(probed_at=now) > 0


def _tell(name: str, error: str) -> Callable[[], object]:
    from accounts.tasks import tell_admins  # noqa: PLC0415  (the tasks know this module)

    said = (
        f"{MOST_FAILURES} deliveries failed in a row, so nothing more is sent by {name} for now.\n"
        f"The last answer: {error}\n\n"
        f"It tries one again in {FIRST_PAUSE.seconds // 60} minutes, later and later, and goes on "
        f"by itself once one arrives. {settings.SITE_URL}/desk/mail shows how it stands."
    )
    return partial(ring, tell_admins, f"{settings.SITE_NAME}: {name} is paused", said)
