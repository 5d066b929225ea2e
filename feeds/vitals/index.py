"""How the index of words on this machine stands to the papers."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from feeds.search.copies import how_far_behind
from feeds.vitals.base import WELL, Found, Number, vitals
from feeds.vitals.database import bounded

SOON = 5.0  # seconds within which a change is in the index


class Index:
    name = "index"
    label = gettext_lazy("Index of words")
    needed = False  # without it a site answers by date

    def look(self, _now: datetime) -> Found:
        with bounded():
            waiting = how_far_behind()
        if waiting is None:
            return Found(_("being built"))
        count, seconds = waiting
        late = _("%(n)d changes behind, for %(seconds)d s") % {"n": count, "seconds": seconds}
        numbers = (
            Number("index_changes", gettext_noop("Changes that the index has not taken in"), count),
            Number("index_lag_seconds", gettext_noop("Age of the oldest of them"), seconds),
        )
        return Found(late if seconds > SOON else WELL, numbers)


vitals.register(Index())
