"""How far the replicas of the database that pages are read from are behind it."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from config.replicas import Seen, replicas
from feeds.vitals.base import WELL, Found, Number, vitals

PATIENCE = 2.0  # seconds for all of them
_LAG = gettext_noop("How far a replica is behind")
_READ = gettext_noop("1 where a replica is read from, 0 where it is left out")


class Replicas:
    name = "replicas"
    label = gettext_lazy("Replicas")
    needed = False  # without them the primary is read

    def look(self, _now: datetime) -> Found:
        if not settings.READ_DATABASE_URLS:
            return Found()
        seen = replicas().seen(PATIENCE)
        ailing = [f"{alias}: {_(one.trouble)}" for alias, one in seen.items() if one.trouble]
        numbers = (number for alias, one in seen.items() for number in _numbers(alias, one))
        return Found("; ".join(ailing) or WELL, tuple(numbers))


def _numbers(alias: str, one: Seen) -> list[Number]:
    which = {"replica": alias}
    read = Number("replica_read", _READ, 0.0 if one.trouble else 1.0, which)
    if one.behind is None:
        return [read]
    return [read, Number("replica_lag_seconds", _LAG, one.behind, which)]


vitals.register(Replicas())
