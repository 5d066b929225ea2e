from datetime import datetime

from django.utils.translation import gettext_lazy, gettext_noop

from feeds.models import PaperVector
from feeds.vitals.base import Found, Number, vitals
from feeds.vitals.database import bounded

MOST = 10_000  # that are counted


class Vectors:
    name = "vectors"
    label = gettext_lazy("Vectors")
    needed = False

    def look(self, _now: datetime) -> Found:
        with bounded():
            waiting = PaperVector.objects.waiting()[:MOST].count()
        about = gettext_noop("Papers that wait for their vector, 10000 at most")
        return Found(numbers=(Number("vectors_waiting", about, waiting),))


vitals.register(Vectors())
