"""Counts of what all processes did, kept in Redis, so that any web process can tell of all.

What is counted costs an addition in memory; every few seconds a thread adds it to Redis, and it
does not run where nothing was counted. What cannot be added waits (docs/decisions/0013).
"""

import atexit
import json
import os
from bisect import bisect_left
from collections.abc import Sequence
from threading import Lock, Timer

import redis

from config.broker import broker

EVERY = 5.0  # seconds
_KEY = "broadsheet:counts"
Field = tuple[str, ...]


class Count:
    """A number that only grows, for each choice of labels. `about` says what is counted."""

    def __init__(self, name: str, about: str, labels: Sequence[str]) -> None:
        self.name, self.about, self.labels = name, about, tuple(labels)
        _known[name] = self

    def add(self, *labels: str, n: float = 1) -> None:
        if n:
            _pending.add(((self.name, *labels), n))


class Timing(Count):
    """How long something took, sorted into those up to each of `limits` seconds."""

    def __init__(
        self, name: str, about: str, labels: Sequence[str], limits: Sequence[float]
    ) -> None:
        super().__init__(name, about, labels)
        self.limits = tuple(limits)
        self.ends = (*(f"{limit:g}" for limit in limits), "+Inf")

    def took(self, seconds: float, *labels: str) -> None:
        end = self.ends[bisect_left(self.limits, seconds)]
        _pending.add(((self.name, *labels, end), 1), ((self.name, *labels, "sum"), seconds))


class _Pending:
    """What this process counted and Redis does not have yet."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self._counts: dict[Field, float] = {}
        self._lock = Lock()
        self._sent = Lock()
        self._waits = False

    def add(self, *counted: tuple[Field, float]) -> None:
        with self._lock:
            for field, n in counted:
                self._counts[field] = self._counts.get(field, 0) + n
            if self._waits:
                return
            self._waits = True
        timer = Timer(EVERY, self.send)
        timer.daemon = True
        timer.start()

    def send(self, *, again: bool = True) -> None:
        """Adds it to Redis. Where that is away it waits, unless there is no `again`."""
        with self._lock:
            counts, self._counts, self._waits = self._counts, {}, False
        if not counts:
            return
        try:
            with self._sent, broker() as client, client.pipeline() as together:
                for field, n in counts.items():
                    together.hincrbyfloat(_KEY, json.dumps(field), n)
                together.execute()
        except redis.RedisError:
            if again:
                self.add(*counts.items())


_known: dict[str, Count] = {}
_pending = _Pending()
send = _pending.send
os.register_at_fork(after_in_child=_pending.forget)  # the parent adds its own
atexit.register(send, again=False)


def known() -> list[Count]:
    """All that is counted, by name."""
    return [_known[name] for name in sorted(_known)]


def counted() -> dict[Field, float]:
    """What all processes counted: by name and labels, and for a Timing by "sum" or the end of
    each span as well. Raises redis.RedisError.
    """
    send()
    with broker() as client:
        found = client.hgetall(_KEY)
    return {tuple(json.loads(field)): float(n) for field, n in found.items()}
