"""manage.py restore FILE: puts a backup in the place of what the database holds."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from accounts.exported import KINDS
from accounts.management.commands.backup import kept_key, key_beside
from config import dumps, ownership


class Command(BaseCommand):
    help = (
        "Reads what `manage.py backup` wrote into an empty database: all of it or nothing. Stop "
        "web, worker and beat first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="takes the place of all that is there"
        )

    def handle(self, *, file: Path, replace: bool, **_options: Any) -> None:
        if not replace and (held := what_is_there()):
            raise CommandError(
                f"The database is not empty: it holds rows of {held}. --replace takes everything "
                "out that is there, and puts the backup in its place."
            )
        try:
            dumps.restore(file)
        except (dumps.Failed, OSError) as problem:
            raise CommandError(str(problem)) from None
        cache.clear()
        self.stdout.write(f"{file} is restored.")
        self._put_back_key(key_beside(file))
        if waiting := migrations_to_run():
            self.stdout.write(
                f"It is of an older version ({waiting} migrations): run `manage.py migrate` now."
            )

    def _put_back_key(self, beside: Path) -> None:
        if not beside.exists() or beside.read_text().strip() == settings.SECRET_KEY:
            return
        if kept := kept_key():
            ownership.write(kept, beside.read_text(), kept.parent)
            self.stdout.write(f"{kept} is that of the backup again. Start every process anew.")
        else:
            self.stdout.write(
                f"SECRET_KEY is another here: set that of {beside}, or links in mails that were "
                "sent stop to work."
            )


def what_is_there() -> str:
    """The kind of rows that the database holds, "" where it has no tables or nothing in them."""
    tables = set(connection.introspection.table_names())
    for kind in KINDS:
        table = kind.model._meta.db_table  # noqa: SLF001 (Django documents _meta)
        if table in tables and not kind.by_itself and _has_rows(table):
            return kind.name
    return ""


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
        return bool(cursor.fetchone()[0])


def migrations_to_run() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
