"""What a vital is, and how all of them are looked at.

Those of this package are found by themselves; an app adds its own in a module `vitals`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol

import redis
from django.db import Error
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_noop

from feeds.registry import Registry

WELL = "ok"
SILENT = gettext_noop("no answer")
UNKNOWN = gettext_noop("unknown")


@dataclass(frozen=True, slots=True)
class Number:
    """What was measured at this moment. `name` ends with its unit; `about` says what it is, in
    words that a page can translate.
    """

    name: str
    about: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> int | None:
        """It, where it is a time."""
        return int(self.value) if self.name.endswith("_seconds") else None

    @property
    def bytes(self) -> int | None:
        """It, where it is room."""
        return int(self.value) if self.name.endswith("_bytes") else None


@dataclass(frozen=True, slots=True)
class Found:
    """How a part is: `word` is "ok", or what ails it in the reader's language, or "" where it is
    only measured.
    """

    word: str = ""
    numbers: tuple[Number, ...] = ()


class Vital(Protocol):
    """A part of the site. Without a `needed` one no page can be answered.

    `look` is cheap, changes nothing, and ends within seconds; it may raise what the database and
    Redis raise, which counts as no answer.
    """

    name: str

    @property
    def label(self) -> str | Promise: ...

    @property
    def needed(self) -> bool: ...

    def look(self, now: datetime) -> Found: ...


@dataclass(frozen=True, slots=True)
class Looked:
    """A vital that was looked at."""

    vital: Vital
    found: Found

    @property
    def name(self) -> str:
        return self.vital.name

    @property
    def word(self) -> str:
        return self.found.word

    @property
    def is_well(self) -> bool:
        return self.word in (WELL, "")

    @property
    def ails(self) -> bool:
        return self.word not in (WELL, "", UNKNOWN)


vitals: Registry[Vital] = Registry("feeds.vitals")


def examine(now: datetime) -> list[Looked]:
    """Looks at each, the needed ones first. Where one of those is not well, the others are not
    asked: they would say the same, one after the other, and late.
    """
    every = sorted(_all(), key=lambda one: (not one.needed, one.name))
    needed = [Looked(one, _look(one, now)) for one in every if one.needed]
    rest = [one for one in every if not one.needed]
    if not all(one.is_well for one in needed):
        return needed + [Looked(one, Found(UNKNOWN)) for one in rest]
    return needed + [Looked(one, _look(one, now)) for one in rest]


def _look(vital: Vital, now: datetime) -> Found:
    try:
        return vital.look(now)
    except (Error, redis.RedisError):
        return Found(SILENT)


@cache
def _all() -> tuple[Vital, ...]:
    autodiscover_modules("vitals")
    return tuple(vitals.all())
