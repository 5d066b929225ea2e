"""Room for what a machine keeps on its disk: the index of words, and beat's memory."""

import shutil
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from feeds.vitals.base import WELL, Found, Number, vitals

LEAST = 0.02  # of the disk


class Disk:
    name = "disk"
    label = gettext_lazy("Disk")
    needed = False  # a full one holds up the index, and no page

    def look(self, _now: datetime) -> Found:
        try:
            disk = shutil.disk_usage(settings.DATA_DIR)
        except OSError:
            return Found()  # nothing is kept here
        full = disk.free < LEAST * disk.total
        word = _("full: %(n)d MB are free") % {"n": disk.free // 1_000_000} if full else WELL
        free = Number("disk_free_bytes", gettext_noop("Room on the disk of the index"), disk.free)
        return Found(word, (free,))


vitals.register(Disk())
