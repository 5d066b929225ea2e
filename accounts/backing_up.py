"""When a backup was last made, for those who watch. Redis has it: emptied, nobody knows."""

from datetime import datetime

from django.core.cache import cache

_KEY = "last-backup"


def note(now: datetime) -> None:
    cache.set(_KEY, now.isoformat(), timeout=None)


def last() -> datetime | None:
    """None where none is known of."""
    said = cache.get(_KEY)
    return datetime.fromisoformat(said) if said else None
