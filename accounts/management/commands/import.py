# ruff: noqa: N999 (a command is called as its file is)
"""manage.py import FILE: what `manage.py export` wrote, into an empty instance."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection
from rich.console import Console

from accounts.exported import KINDS
from feeds.instance import files, importing
from feeds.instance.reading import Export, Refused
from feeds.management.counting import Rows, counting
from feeds.ringing import ring
from feeds.tasks import look_after_vectors, rescore_due

OTHER_KEY = (
    "The export comes from an instance with another SECRET_KEY. With this one, links in mails that "
    "were sent stop to work, webhooks sign with other secrets, and addresses that mail must not go "
    "to are known by their names alone. Set that instance's SECRET_KEY, or add --other-key."
)
NEXT = (
    "The worker computes the scores and vectors now, a minute at a time. To have them at once: "
    "`manage.py rescore`, `manage.py embed`."
)


class Command(BaseCommand):
    help = (
        "Reads a file that `manage.py export` wrote into an empty instance: all of it or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="packed or not; - reads standard input")
        parser.add_argument(
            "--check", action="store_true", help="looks at the file, writes nothing"
        )
        parser.add_argument(
            "--other-key", action="store_true", help="takes it though SECRET_KEY is another"
        )

    def handle(self, *, file: str, check: bool, other_key: bool, **_options: Any) -> None:
        try:
            with _reading(file) as (content, rows):
                export = Export(content, KINDS)
                if check:
                    importing.check(export, rows)
                else:
                    self._take_in(export, rows, other_key=other_key)
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem}") from None
        except ProgrammingError as problem:
            raise CommandError(f"Run `manage.py migrate` first: {problem}") from None
        except Refused as refused:
            words = str(refused).rstrip(".")
            raise CommandError(f"{words}. Nothing was kept.") from None
        self.stdout.write(f"{rows.words}.")
        self.stdout.write("The file is whole. Nothing was written." if check else NEXT)

    def _take_in(self, export: Export, rows: Rows, *, other_key: bool) -> None:
        if not (other_key or importing.has_our_key(export)):
            raise CommandError(OTHER_KEY)
        importing.take_in(export, KINDS, rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        cache.clear()
        ring(rescore_due)
        ring(look_after_vectors)


@contextmanager
def _reading(name: str) -> Iterator[tuple[IO[bytes], Rows]]:
    with files.opened(name) as (content, raw):

        def share() -> float | None:
            return raw.tell() / (os.fstat(raw.fileno()).st_size or 1) if raw.seekable() else None

        with counting("Importing", share, Console(stderr=True)) as rows:
            yield content, rows
