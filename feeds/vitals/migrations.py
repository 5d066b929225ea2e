from datetime import datetime
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy

from feeds.vitals.base import WELL, Found, vitals
from feeds.vitals.database import bounded


class Migrations:
    name = "migrations"
    label = gettext_lazy("Migrations")
    needed = True

    def look(self, _now: datetime) -> Found:
        with bounded():
            applied = set(MigrationRecorder(connection).applied_migrations())
        missing = sorted(f"{app}.{name}" for app, name in _newest() - applied)
        return Found(f"not applied: {', '.join(missing)}" if missing else WELL)


@cache
def _newest() -> frozenset[tuple[str, str]]:
    """The last migration of each app: they are files, so one look a process is enough."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


vitals.register(Migrations())
