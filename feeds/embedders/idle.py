"""A model that nobody asks any more gives its memory back."""

import threading
import time
from collections.abc import Callable

from django.conf import settings


class Idle:
    """Calls `release` once for `EMBEDDER_IDLE` seconds nothing was `used`; never where that is 0.

    One thread sleeps until then, at the earliest, and none while there is nothing to give back.
    """

    def __init__(self, release: Callable[[], None]) -> None:
        self._release = release
        self._lock = threading.Lock()
        self._last = 0.0
        self._waits = False

    def used(self) -> None:
        """Begins to wait, or to wait anew."""
        with self._lock:
            self._last = time.monotonic()
            if settings.EMBEDDER_IDLE and not self._waits:
                self._waits = True
                self._wait(settings.EMBEDDER_IDLE)

    def _wait(self, seconds: float) -> None:
        timer = threading.Timer(seconds, self._look)
        timer.daemon = True  # it holds up no process that ends
        timer.start()

    def _look(self) -> None:
        with self._lock:
            rest = self._last + settings.EMBEDDER_IDLE - time.monotonic()
            if rest > 0:
                self._wait(rest)
                return
            self._waits = False
        self._release()
