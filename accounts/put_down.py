"""Orders that were put down for a worker: kept in Redis until one has taken them.

The broker can lose a message where a worker is killed as it takes it. So beat rings again for what
nobody took; only where Redis is emptied an order is gone, and who made it asks again.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.cache import cache

from config.broker import broker

DAY = 86_400  # seconds that one is kept
RING_AGAIN = timedelta(seconds=55)
_WAITING = "broadsheet:orders"  # their numbers, by when it was last rung for them


def put_down(order: dict[str, Any], now: datetime) -> str:
    """The order's number, by which a worker finds it. Raises redis.RedisError."""
    number = str(uuid4())
    cache.set(_note(number), order, timeout=DAY)
    _rung({number: now.timestamp()})
    return number


def found(number: str) -> dict[str, Any] | None:
    """The order; None where it was taken, or is gone."""
    order: dict[str, Any] | None = cache.get(_note(number))
    if order is None:
        _let_go(number)
    return order


def taken(number: str) -> None:
    """Forgets it."""
    cache.delete(_note(number))
    _let_go(number)


def waiting(now: datetime) -> list[str]:
    """The numbers of those to ring for again, which counts as done with that."""
    with broker() as client:
        long_ago = (now - RING_AGAIN).timestamp()
        numbers = [told.decode() for told in client.zrangebyscore(_WAITING, 0, long_ago)]
    if numbers:
        _rung(dict.fromkeys(numbers, now.timestamp()))
    return numbers


def _rung(numbers: dict[str, float]) -> None:
    with broker() as client:
        client.zadd(_WAITING, numbers)


def _let_go(number: str) -> None:
    with broker() as client:
        client.zrem(_WAITING, number)


def _note(number: str) -> str:
    return f"asked:{number}"
