from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from feeds.vitals.base import WELL, Found, vitals

PATIENCE = 2000  # milliseconds for each statement


@contextmanager
def bounded() -> Iterator[None]:
    """Statements in it end after PATIENCE. Raises django.db.Error."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE)])
        yield


class Database:
    name = "database"
    label = gettext_lazy("Database")
    needed = True

    def look(self, _now: datetime) -> Found:
        with bounded():
            return Found(WELL)


vitals.register(Database())
