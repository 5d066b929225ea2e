"""A body that orders or changes papers, read into the form that the pages use."""

import datetime as dt
from contextlib import suppress
from typing import Any, cast

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.api.subscription_shapes import CADENCES, CHANNELS, GAPS, LANGUAGES, LONGEST_QUERY
from accounts.forms import Changing, usual
from accounts.models import Subscription
from accounts.subscribing import Changes, question
from feeds.api import given
from feeds.api.given import Conflict

USUAL = (
    "most", "breadth", "skip_seen", "skip_empty", "gap", "daily_most", "channel", "target",
    "paused_until", "language",
)  # fmt: skip
_CHOICES = {"cadence": CADENCES, "channel": CHANNELS, "language": LANGUAGES}
_TEXTS = {"timezone": 64, "target": 200}
_NUMBERS = {"hour": (0, 23), "most": (1, 100), "daily_most": (1, 24)}
_SWITCHES = ("breadth", "skip_seen", "skip_empty")


def ordered(request: Request) -> Changes:
    """What a new order is to be, where the body says nothing as usual. Raises ValidationError."""
    bare = Subscription()
    return _read(request, {name: getattr(bare, name) for name in USUAL} | usual(), "")


def changed(request: Request, order: Subscription) -> Changes:
    """What the body changes in the order. Raises ValidationError."""
    names = (*USUAL, "cadence", "hour", "timezone")
    return _read(request, {name: getattr(order, name) for name in names}, order.query)


def asked(request: Request, reader: int) -> str:
    """The query of the body as an order keeps it. Raises ValidationError, QueryError."""
    return question(given.text(request, "query", most=LONGEST_QUERY), reader)


def _read(request: Request, otherwise: dict[str, Any], query: str) -> Changes:
    said = {name: value for name, value in _said(request).items() if value is not None}
    if given.has(request, "paused_until"):
        said["paused_until"] = _day(request)
    form = Changing({name: _as_sent(value) for name, value in (otherwise | said).items()})
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Conflict(str(errors[0]), "" if field == "__all__" else field)
    return cast("Changes", form.changes(query))


def _said(request: Request) -> dict[str, Any]:
    """What the body gives, each of its own kind."""
    said: dict[str, Any] = {name: given.one_of(request, name, of) for name, of in _CHOICES.items()}
    for name, most in _TEXTS.items():
        said[name] = given.text(request, name, most=most) if given.has(request, name) else None
    for name, (least, most) in _NUMBERS.items():
        said[name] = given.whole_number(request, name, most, least)
    for name in _SWITCHES:
        said[name] = given.yes_or_no(request, name)
    said["gap"] = given.whole_number(request, "gap", max(GAPS))
    if said["gap"] not in (None, *GAPS):
        raise ValidationError({"gap": [f"gap takes one of {', '.join(map(str, GAPS))}."]})
    return said


def _day(request: Request) -> dt.date | None:
    """The day that a pause ends; None where the body ends it now."""
    if given.is_null(request, "paused_until"):
        return None
    with suppress(ValueError):
        text = given.text(request, "paused_until", most=10)
        if len(text) == len("2026-04-24"):
            return dt.date.fromisoformat(text)
    raise ValidationError({"paused_until": ["paused_until takes a day like 2026-04-24, or null."]})


def _as_sent(value: Any) -> str:
    """The value as a page's form sends it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
