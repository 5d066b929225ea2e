"""How often something may be asked for: counters in Redis, with no address in them."""

import hashlib
import hmac
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in each window of `seconds`, for each one who asks."""

    name: str
    most: int
    seconds: int


def wait(limit: Limit, who: str) -> int:
    """Counts one more try by `who`: 0 where it is within the limit, else the seconds to wait."""
    now = int(time.time())
    window, gone = divmod(now, limit.seconds)
    key = _key(limit, who, window)
    cache.add(key, 0, timeout=2 * limit.seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # Redis let go of it between the two
        tries = 1
    return 0 if tries <= limit.most else limit.seconds - gone


def left(limit: Limit, who: str) -> tuple[int, int]:
    """How often `who` may try still, and in how many seconds all of it is theirs again."""
    window, gone = divmod(int(time.time()), limit.seconds)
    tries = cache.get(_key(limit, who, window), 0)
    return max(0, limit.most - tries), limit.seconds - gone


def in_words(seconds: int) -> str:
    """ "a minute", "25 minutes", "2 hours": never less than it is."""
    minutes = -(-seconds // MINUTE)
    if minutes <= 1:
        return _("a minute")
    if minutes <= HOUR // MINUTE:
        return _("%(n)s minutes") % {"n": minutes}
    return _("%(n)s hours") % {"n": -(-seconds // HOUR)}


def _key(limit: Limit, who: str, window: int) -> str:
    return f"limit:{limit.name}:{_masked(who)}:{window}"


def _masked(who: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()[:32]
