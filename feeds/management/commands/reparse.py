"""manage.py reparse: the digests that were kept, read again by better parsers."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from rich.console import Console
from rich.progress import track

from feeds.ingest import Report, reread
from feeds.models import Digest
from feeds.models.raw import NotKept
from feeds.parsers.base import UnknownFormat, parsers


class Command(BaseCommand):
    help = "Reads kept digests again: all, or those of a source, of a format, or cut off midway."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", default="", help="only digests of this source")
        parser.add_argument("--format", default="", help="only digests read by this parser")
        parser.add_argument("--unfinished", action="store_true", help="only those cut off midway")
        parser.add_argument(
            "--parser", choices=parsers.names(), default="", help="read by this one"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a digest")

    def handle(self, **options: Any) -> None:
        ids = list(_chosen(options).values_list("id", flat=True))
        console = Console(stderr=True)
        refused = 0
        for digest_id in track(ids, "Reading", console=console, disable=not console.is_terminal):
            digest = Digest.objects.select_related("source").get(pk=digest_id)
            try:
                report = reread(digest, parser=options["parser"])
            except (UnknownFormat, NotKept) as problem:
                refused += 1
                self.stderr.write(f"{digest}: {problem}")
            else:
                self._tell(digest, report, as_json=options["json"])
        if refused:
            raise CommandError(
                f"{refused} of {len(ids)} could not be read; they stay as they were."
            )

    def _tell(self, digest: Digest, report: Report, *, as_json: bool) -> None:
        if as_json:
            counts = {"records": report.records}
            self.stdout.write(json.dumps(dataclasses.asdict(report) | counts, default=str))
            return
        self.stdout.write(
            f"{digest} ({report.parser}): {report.new} new, {report.updated} updated, "
            f"{report.unchanged} unchanged, {report.rejected} put aside"
        )


def _chosen(options: dict[str, Any]) -> QuerySet[Digest]:
    """The oldest first, so that the later ones have the last word, as when they came."""
    digests = Digest.objects.order_by("date", "id")
    if options["source"]:
        digests = digests.filter(source__slug=options["source"])
    if options["format"]:
        digests = digests.filter(parser=options["format"])
    return digests.filter(ingested_at__isnull=True) if options["unfinished"] else digests
