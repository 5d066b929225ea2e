"""manage.py fetch SLUG…: runs sources now, or those that are due."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console

from feeds import fetching
from feeds.models import Source
from feeds.models.source import STALE
from feeds.taking import Outcome

OTHERS = (
    "Somebody else is running it now. If that one died, it is free again "
    f"{STALE.seconds // 60} minutes after its last sign of life."
)


class Command(BaseCommand):
    help = "Runs the named sources now, stopped ones too, or with --due those whose time has come."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="a source's name")
        parser.add_argument("--due", action="store_true", help="those that are due, once each")
        parser.add_argument("--json", action="store_true", help="one JSON object a source")

    def handle(self, *, slugs: list[str], due: bool, **options: Any) -> None:
        chosen = _named(slugs) | (_due() if due else {})
        if not slugs and not due:
            raise CommandError(f"Name the sources to run, or ask for --due. {_known()}")
        failed = 0
        console = Console(stderr=True)
        for source_id, slug in chosen.items():
            with console.status(f"{slug}: asking …") as status:
                outcome = fetching.run(
                    source_id,
                    timezone.now(),
                    asked=slug in slugs,
                    longest=None,
                    progress=lambda so_far: status.update(_counts(so_far)),
                )
            outcome = outcome or Outcome(slug, error=OTHERS)
            failed += bool(outcome.error)
            self._tell(outcome, as_json=options["json"])
        if failed:
            raise CommandError(f"{failed} of {len(chosen)} failed.")

    def _tell(self, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(dataclasses.asdict(outcome)))
            return
        self.stdout.write(_counts(outcome))
        for trouble in outcome.troubles:
            self.stdout.write(f"  passed over: {trouble}")
        if outcome.error:
            self.stderr.write(f"{outcome.source}: {outcome.error}")


def _counts(outcome: Outcome) -> str:
    documents = f"{outcome.documents} document{'' if outcome.documents == 1 else 's'}"
    return (
        f"{outcome.source}: {documents}; {outcome.new} new, {outcome.updated} updated, "
        f"{outcome.unchanged} unchanged, {outcome.rejected} put aside"
    )


def _named(slugs: list[str]) -> dict[int, str]:
    """The sources by id, in the order in which they were named. Raises CommandError."""
    found = {source.slug: source for source in Source.objects.filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise CommandError(f"There is no source {slug!r}. {_known()}")
        if not found[slug].plugin:
            raise CommandError(f"{slug} fetches nothing: digests are put in by hand.")
        if found[slug].plugin in fetching.sent_to():
            raise CommandError(f"{slug} fetches nothing: documents are sent to it.")
    return {found[slug].pk: slug for slug in slugs}


def _due() -> dict[int, str]:
    ids = fetching.due(timezone.now())
    slugs = dict(Source.objects.filter(id__in=ids).values_list("id", "slug"))
    return {source_id: slugs[source_id] for source_id in ids}


def _known() -> str:
    slugs = Source.objects.exclude(plugin="").order_by("slug").values_list("slug", flat=True)
    if not slugs:
        return "`manage.py sources add` adds the first one."
    return f"Those here are: {', '.join(slugs)}."
