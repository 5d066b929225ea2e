"""Whether beat rings and a worker hears it: its task writes down when it last did."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from config.broker import broker
from feeds.vitals.base import WELL, Found, Number, vitals

_KEY = "broadsheet:beat"
LATE = 180.0  # seconds: it rings each minute


class Beat:
    name = "beat"
    label = gettext_lazy("Beat")
    needed = False

    def look(self, now: datetime) -> Found:
        last = heard()
        if last is None:
            return Found(_("not heard of yet"))
        age = max(0.0, now.timestamp() - last)
        word = WELL if age < LATE else _("silent for %(n)d min") % {"n": age / 60}
        return Found(word, (Number("beat_age_seconds", gettext_noop("Since beat last rang"), age),))


def heard() -> float | None:
    """When that was, in seconds since 1970; None where it is not known. Raises redis.RedisError."""
    with broker() as client:
        told = client.get(_KEY)
    return None if told is None else float(told)


def hear(now: datetime) -> None:
    """Beat rang, and a worker heard it."""
    with broker() as client:
        client.set(_KEY, now.timestamp())


vitals.register(Beat())
