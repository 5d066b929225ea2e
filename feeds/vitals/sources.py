from collections import Counter
from datetime import datetime

from django.utils.translation import gettext_lazy, gettext_noop

from feeds.health import condition
from feeds.models import Source
from feeds.vitals.base import Found, Number, vitals
from feeds.vitals.database import bounded

_ABOUT = gettext_noop("Sources by how they fare")
CONDITIONS = ("by hand", "switched off", "stopped", "running", "failing", "well", "new")


class Sources:
    name = "sources"
    label = gettext_lazy("Sources")
    needed = False

    def look(self, now: datetime) -> Found:
        with bounded():
            counts = Counter(condition(row, now) for row in Source.objects.all())
        numbers = (
            Number(
                "sources",
                gettext_noop("Sources by how they fare"),
                counts[word],
                {"condition": word},
            )
            for word in CONDITIONS
        )
        return Found(numbers=tuple(numbers))


vitals.register(Sources())
