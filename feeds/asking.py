"""How sources ask: one request at a time to a site, and a pause after each, over all workers."""

import ipaddress
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

from django.core.cache import cache

from feeds.http import Fetched, Limits, Unreachable, fetch

# Trying again is left to the schedule: a second try at once would break the pause.
ONE_TRY = Limits(attempts=1)
# The least pause of a site, whichever source asks it: arXiv's terms count all interfaces as one.
PAUSES = {"arxiv.org": 3}
LONGEST_WAIT = 300.0
LONGEST_CLOSED = 3600.0  # that one source's "come back later" holds for the others
_MARGIN = 30  # seconds beyond the deadline, after which whoever held the turn is taken for dead
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
        turn = partial(self.turn, pause=pause)
        try:
            return fetch(url, etag=etag, modified=modified, limits=self._limits, turn=turn)
        except Unreachable as error:
            if error.retry_after:
                _close(_host(url), min(error.retry_after, LONGEST_CLOSED))
            raise

    @contextmanager
    def turn(self, url: str, *, pause: int) -> Iterator[None]:
        """Waits until the site of `url` may be asked, and keeps others from it meanwhile.

        Raises Unreachable where that takes too long, or the host asked to be left alone.
        """
        _check_open(_host(url))
        site = _site(_host(url))
        key, mine = f"asking:{site}", secrets.token_hex(8)
        waited = 0.0
        while not cache.add(key, mine, int(self._limits.deadline) + _MARGIN):
            if waited >= LONGEST_WAIT:
                raise Unreachable(f"Others were asking {site} for too long.")
            self._sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN
        try:
            yield
        finally:
            if cache.get(key) == mine:
                cache.set(key, mine, max(pause, PAUSES.get(site, 1)))


def _close(host: str, seconds: float) -> None:
    """Leaves the host alone, as it asked, for all sources."""
    cache.set(f"closed:{host}", time.time() + seconds, int(seconds) + 1)


def _check_open(host: str) -> None:
    left = cache.get(f"closed:{host}", 0.0) - time.time()
    if left > 0:
        raise Unreachable(f"{host} asked not to be asked for another {left:.0f} seconds.", left)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _site(host: str) -> str:
    """The end of the host's name: the hosts of one site share one pace."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ".".join(host.split(".")[-2:])
