"""When a subscription is due: pure, of its rhythm and a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Far enough to meet a day of any cadence, even where a zone skipped that day.
_FAR = timedelta(days=70)
_DAY = timedelta(days=1)


class Rhythm(Protocol):
    """How often and at which hour of whose day.

    Attributes are read only, so that a model's row and a frozen record both are one.
    """

    @property
    def cadence(self) -> str: ...
    @property
    def hour(self) -> int: ...
    @property
    def timezone(self) -> str: ...


class Order(Rhythm, Protocol):
    """A subscription as far as its schedule goes."""

    @property
    def confirmed_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def paused_until(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Due:
    """A local day that mail is due for, and the moment in UTC at which it is."""

    period: date
    at: datetime


def due_period(order: Order, now: datetime) -> date | None:
    """The local day that mail is due for at `now`: the latest one, however late it is.

    None where none came since the order was confirmed, while it is paused, and for one that has
    no hours but brings papers as they come in.
    """
    if order.ended_at or not order.confirmed_at or order.cadence == "instant":
        return None
    due = latest_due(order, now)
    if due.at < order.confirmed_at or is_paused(order.paused_until, due.period):
        return None
    return due.period


def is_paused(until: date | None, period: date) -> bool:
    """Whether a pause until that local day holds back the mail of `period`."""
    return until is not None and period < until


def latest_due(rhythm: Rhythm, now: datetime) -> Due:
    """The last time at or before `now` that the rhythm has."""
    # The clock may go back over midnight: then tomorrow has begun once already.
    first = now.astimezone(_zone(rhythm.timezone)).date() + _DAY
    return next(due for due in _times(rhythm, first, -_DAY) if due.at <= now)


def next_due(order: Order, now: datetime) -> datetime:
    """The first time after `now` that mail will be due, in UTC, as the order stands."""
    first = now.astimezone(_zone(order.timezone)).date() - _DAY
    first = max(first, order.paused_until or first)
    return next(due.at for due in _times(order, first, _DAY) if due.at > now)


def local_day(rhythm: Rhythm, now: datetime) -> date:
    """Which day it is for its reader."""
    return now.astimezone(_zone(rhythm.timezone)).date()


def moment(day: date, hour: int, timezone: str) -> datetime | None:
    """When a clock in that zone first shows `hour` on that day, in UTC.

    An hour that the day does not have (clocks went forward) is the nearest that it has: the
    next, or at the day's end the one before. None where the zone skipped the whole day.
    """
    zone = _zone(timezone)
    for fold in (0, 1):
        local = datetime(day.year, day.month, day.day, hour, tzinfo=zone, fold=fold)
        at = local.astimezone(UTC)
        if at.astimezone(zone).date() == day:
            return at
    return None


def _times(rhythm: Rhythm, first: date, step: timedelta) -> Iterator[Due]:
    for number in range(_FAR.days):
        day = first + number * step
        if _is_on(rhythm.cadence, day) and (at := moment(day, rhythm.hour, rhythm.timezone)):
            yield Due(day, at)


def _is_on(cadence: str, day: date) -> bool:
    if cadence == "weekdays":
        return day.weekday() < 5
    if cadence == "weekly":
        return day.weekday() == 0
    if cadence == "monthly":
        return day.day == 1
    return True


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    """The zone; one that the system's data no longer knows counts as UTC, so mail goes on."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
