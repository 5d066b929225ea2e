"""How sources ask: one request at a time to a site, and a pause after each, over all workers."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.cache import cache

from feeds.http import Fetched, Limits, Unreachable, fetch

# Trying again is left to the schedule: a second try at once would break the pause.
ONE_TRY = Limits(attempts=1)
LONGEST_REQUEST = 150  # seconds, after which whoever held the turn is taken for dead
LONGEST_WAIT = 300.0
_LOOK_AGAIN = 0.25


class Asking:
    """Asks politely. `sleep` waits that many seconds."""

    def __init__(
        self, limits: Limits = ONE_TRY, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._limits = limits
        self._sleep = sleep

    def __call__(self, url: str, *, pause: int = 1, etag: str = "", modified: str = "") -> Fetched:
        """The answer. Raises Refused and Unreachable."""
        with self._turn(_site(url), pause):
            return fetch(url, etag=etag, modified=modified, limits=self._limits)

    @contextmanager
    def _turn(self, site: str, pause: int) -> Iterator[None]:
        key = f"asking:{site}"
        waited = 0.0
        while not cache.add(key, 1, LONGEST_REQUEST):
            if waited >= LONGEST_WAIT:
                raise Unreachable(f"Others were asking {site} for too long.")
            self._sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN
        try:
            yield
        finally:
            cache.set(key, 1, pause)


def _site(url: str) -> str:
    """The end of the host's name: the hosts of one site share one pace."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return ".".join(host.split(".")[-2:])
