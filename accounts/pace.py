"""How many mails may leave in a minute: in all, and to one domain. Counted in Redis."""

import random
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from feeds.limits import MINUTE, Limit, wait


class Pace:
    """The limits as one batch meets them."""

    def __init__(self) -> None:
        self._put_off: Counter[str] = Counter()

    def wait(self, to: str) -> timedelta | None:
        """How long what goes to that address, of mail or of the web, has to wait; None where it
        may go now, and is counted.

        Those of a batch that wait for one domain are spread over the minutes that they will take.
        """
        domain = urlsplit(to).hostname if "://" in to else to.rpartition("@")[2]
        domain = domain or ""
        if seconds := _over("mail-domain", settings.MAIL_PER_DOMAIN, domain):
            return self._later(domain, settings.MAIL_PER_DOMAIN, seconds)
        if seconds := _over("mail-all", settings.MAIL_PER_MINUTE, "all"):
            return self._later("", settings.MAIL_PER_MINUTE, seconds)
        return None

    def _later(self, what: str, most: int, seconds: int) -> timedelta:
        minutes, self._put_off[what] = self._put_off[what] // most, self._put_off[what] + 1
        jitter = random.uniform(0, 5)  # noqa: S311  (no secret)
        return timedelta(seconds=seconds + minutes * MINUTE + jitter)


def most_at_once() -> int | None:
    """How many deliveries it is of use to ring for in one minute; None where there is no limit."""
    return 2 * settings.MAIL_PER_MINUTE or None


def _over(name: str, most: int, who: str) -> int:
    return wait(Limit(name, most, MINUTE), who) if most else 0
