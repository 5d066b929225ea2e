"""Pages that stay set, as printers keep type standing: while the database stays as it is.

They are kept in the process and made again wherever they are missing.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import NamedTuple

from django.conf import settings

from feeds.answers import FRESH_FOR
from feeds.web.gaps import SetPage

PATIENCE = 5.0  # seconds that a request waits for another that sets the same page


class Key(NamedTuple):
    """Who sees it: `role` is all that it tells of the reader, `whose` the one reader of whose
    lists it is, None where they are anybody's.
    """

    path: str
    language: str
    density: str
    role: tuple[bool, ...]
    whose: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A page, or the address that it `moved_to`.

    It tells of no day but the `days`, the first and the last; None where that is not known.
    """

    page: SetPage
    days: tuple[date, date] | None = None
    moved_to: str = ""


@dataclass(slots=True)
class _Kept:
    state: str
    until: float
    page: Standing
    held: float  # when it was last seen to hold


class StandingPages:
    """Those asked for longest ago go first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, _Kept] = OrderedDict()
        self._used = 0
        self._lock = Lock()
        self._setting = [Lock() for _ in range(64)]

    def last(self, key: Key) -> Standing | None:
        """The page as it was set last, whatever changed since."""
        found = self._pages.get(key)
        return found.page if found else None

    def get(self, key: Key, state: str | None) -> Standing | None:
        """The page as it is in that state of all that it is made of."""
        now = time.monotonic()
        with self._lock:
            found = self._pages.get(key)
            if found is None or found.state != state or now >= found.until:
                return None
            self._pages.move_to_end(key)
            found.held = now
            return found.page

    def meanwhile(self, key: Key) -> Standing | None:
        """The page as it was a moment ago, if it is being set anew: it is not older than twice the
        time for which nobody asks whether something changed.
        """
        found = self._pages.get(key)
        if found is None or not self._lock_of(key).locked():
            return None
        return found.page if time.monotonic() < found.held + settings.SAME_FOR_MS / 1000 else None

    def keep(self, key: Key, state: str | None, page: Standing) -> None:
        """Keeps the page that was set in that state, or a later one; without a state, none."""
        if state is None:
            return
        with self._lock:
            self._take(key)
            now = time.monotonic()
            self._pages[key] = _Kept(state, now + FRESH_FOR, page, now)
            self._used += page.page.size
            while self._used > settings.STANDING_PAGES_MB << 20:
                self._take(next(iter(self._pages)))

    def _take(self, key: Key) -> None:
        if gone := self._pages.pop(key, None):
            self._used -= gone.page.page.size

    @contextmanager
    def one_at_a_time(self, key: Key) -> Iterator[None]:
        """One request sets it anew; the others find what that set."""
        setting = self._lock_of(key)
        mine = setting.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if mine:
                setting.release()

    def _lock_of(self, key: Key) -> Lock:
        return self._setting[hash(key) % len(self._setting)]


standing = StandingPages()
