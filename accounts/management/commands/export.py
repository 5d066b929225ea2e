"""manage.py export FILE: the whole instance as lines of JSON (docs/exporting.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from accounts.exported import KINDS
from feeds.instance import files
from feeds.instance.exporting import expected_rows, lines
from feeds.instance.kinds import Choice
from feeds.instance.rows import Rows
from feeds.management.counting import Rows as Counted
from feeds.management.counting import counting


class Command(BaseCommand):
    help = (
        "Writes the whole instance to a file, for `manage.py import` on an empty one. It holds "
        "people's addresses: keep it as you keep the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="packed where it ends in .gz; - prints it")
        parser.add_argument(
            "--with-secrets",
            action="store_true",
            help="passwords, keys in the addresses of sources, and webhooks with their secrets too",
        )
        parser.add_argument(
            "--without-raw", action="store_true", help="leaves out documents as they came in"
        )
        parser.add_argument(
            "--describe",
            action="store_true",
            help="prints the format's tables, and exports nothing",
        )

    def handle(self, *, file: str | None, **options: Any) -> None:
        if options["describe"]:
            self.stdout.write(described())
            return
        if not file:
            raise CommandError("Name a file, or - for standard output.")
        choice = Choice(raw=not options["without_raw"], secrets=options["with_secrets"])
        try:
            rows = _export(file, choice)
        except OSError as problem:
            raise CommandError(f"{file} cannot be written: {problem}") from None
        self.stderr.write(f"{rows.words}.")
        if not choice.secrets:
            self.stderr.write(
                "Passwords, webhooks' addresses and keys in sources' addresses are left out "
                "(--with-secrets)."
            )


def _export(name: str, choice: Choice) -> Counted:
    about = expected_rows(KINDS)
    console = Console(stderr=True)
    with counting("Exporting", lambda: _share(rows.all, about), console) as rows:
        with files.written(name) as file:
            for line in lines(KINDS, choice, rows):
                file.write(line)
        return rows


def _share(done: int, about: int) -> float | None:
    return min(done / about, 1.0) if about else None


def described() -> str:
    """A table of each kind's fields, as docs/exporting.md has them."""
    parts = []
    for kind in KINDS:
        rows = "\n".join(f"| `{name}` | {words} |" for name, words in Rows(kind).described())
        parts.append(f"### {kind.name}\n| field | value |\n| --- | --- |\n{rows}")
    return "\n\n".join(parts)
