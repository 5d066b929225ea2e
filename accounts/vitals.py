"""Whether mail goes out when it is due."""

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts import pausing
from accounts.models import Delivery
from feeds.vitals.base import WELL, Found, Number, vitals
from feeds.vitals.database import bounded

LATE = timedelta(minutes=15)
MOST = 10_000  # that are counted
_DUE = gettext_noop("Deliveries to be sent now, 10000 at most")
_OLDEST = gettext_noop("How late the oldest is")
_PAUSED = gettext_noop("Channels on which nothing goes out")
_WAITING = (Delivery.State.WAITING, Delivery.State.CLAIMED)


class Mail:
    name = "mail"
    label = gettext_lazy("Mail")
    needed = False

    def look(self, now: datetime) -> Found:
        due = Delivery.objects.filter(state__in=_WAITING, next_try_at__lte=now)
        with bounded():
            oldest = due.aggregate(oldest=Min("next_try_at"))["oldest"]
            waiting = due[:MOST].count()
            paused = sorted(pausing.paused(now))
        age = now - oldest if oldest else timedelta()
        numbers = (
            Number("deliveries_due", _DUE, waiting),
            Number("deliveries_oldest_seconds", _OLDEST, age.total_seconds()),
            Number("channels_paused", _PAUSED, len(paused)),
        )
        return Found(_word(age, paused), numbers)


def _word(age: timedelta, paused: list[str]) -> str:
    if age <= LATE:
        return WELL
    late = _("the oldest is %(n)d min late") % {"n": age.total_seconds() / 60}
    if not paused:
        return late
    return _("%(late)s; paused: %(channels)s") % {"late": late, "channels": ", ".join(paused)}


vitals.register(Mail())
