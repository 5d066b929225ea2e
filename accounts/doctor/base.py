"""What a part is that the doctor looks at, and what is found of it.

A file of this package that registers a `Part` is found by itself. It changes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import redis
from django.db import Error

from accounts.mail_records import BAD, GOOD, NOTE
from feeds.registry import Registry

__all__ = ["BAD", "GOOD", "NOTE", "Finding", "Part", "examine", "parts"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands (GOOD, NOTE, BAD), what was found, and what to do."""

    about: str
    state: str
    found: str
    fix: str = ""


@dataclass(slots=True)
class Part:
    """`examine` may raise what the database, Redis and the machine raise."""

    name: str
    order: int
    examine: Callable[[], Iterator[Finding]]


parts: Registry[Part] = Registry("accounts.doctor")


def examine(names: Sequence[str] = ()) -> Iterator[tuple[str, Finding]]:
    """What is found of the parts of those names, or of all, with the part's name."""
    for part in sorted(parts.all(), key=lambda part: part.order):
        if not names or part.name in names:
            yield from ((part.name, finding) for finding in _of(part))


def _of(part: Part) -> Iterator[Finding]:
    try:
        yield from part.examine()
    except (Error, redis.RedisError, OSError) as error:
        # The error's own text may hold an address with a password.
        found = f"It could not be looked at to the end: {type(error).__name__}."
        yield Finding(part.name.capitalize(), BAD, found, "Is it there, and reachable from here?")
