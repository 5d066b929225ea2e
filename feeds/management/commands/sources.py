"""manage.py sources: what is fetched and how it fares; adds and changes what is fetched."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from feeds import fetching
from feeds.health import condition, facts, health
from feeds.models import Source
from feeds.source_form import SETTINGS
from feeds.sources.base import SourcePlugin, WrongSettings, checked, sources


class Command(BaseCommand):
    help = (
        "Without more: the sources and how they fare. `kinds` lists what can be fetched, with the "
        "settings of each; `add` and `set` take those as --set name=value; `start` makes sources "
        "run again that stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a source")
        commands = parser.add_subparsers(dest="do", metavar="add | set | start | kinds")
        commands.add_parser("kinds", help="what can be fetched")
        add = commands.add_parser("add", help="adds a source")
        add.add_argument("slug", metavar="SLUG", help="its name in addresses, like daily-papers")
        add.add_argument("--plugin", required=True, help="the kind, as `kinds` names it")
        change = commands.add_parser("set", help="changes a source")
        change.add_argument("slug", metavar="SLUG")
        change.add_argument("--on", action="store_true", help="switches it on")
        start = commands.add_parser("start", help="makes sources due now, stopped ones too")
        start.add_argument("slugs", nargs="+", metavar="SLUG")
        for each in (add, change):
            each.add_argument("--name", help="its name for readers")
            each.add_argument("--every", type=int, metavar="MINUTES", help="between runs")
            each.add_argument("--off", action="store_true", help="switches it off")
            each.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")

    def handle(self, *, do: str | None, **options: Any) -> None:
        getattr(self, f"_{do or 'list'}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        rows = list(Source.objects.order_by("slug"))
        if options["json"]:
            for row in rows:
                self.stdout.write(json.dumps(facts(row, now), default=_iso))
            return
        width = max((len(row.slug) for row in rows), default=0)
        sent_to = fetching.sent_to()
        for row in rows:
            said = health(row, now, sent_to=row.plugin in sent_to)
            kind = f"{row.plugin or '-':<13} {condition(row, now):<12}"
            self.stdout.write(f"{row.slug:<{width}}  {kind} {said}")

    def _kinds(self, _: dict[str, Any]) -> None:
        for plugin in sources.all():
            self.stdout.write(f"{plugin.name}: {plugin.label}")
            for name, field in plugin.form().fields.items():
                needed = "" if field.required else " (may be left out)"
                self.stdout.write(f"  {name}{needed}: {field.help_text}")

    def _add(self, options: dict[str, Any]) -> None:
        slug, plugin = options["slug"], _plugin(options["plugin"])
        if Source.objects.filter(slug=slug).exclude(plugin="").exists():
            raise CommandError(f"{slug} is there already; `manage.py sources set` changes it.")
        row = Source.objects.filter(slug=slug).first() or Source(slug=slug, name=slug.capitalize())
        row.plugin, row.every = plugin.name, plugin.every or row.every
        self._keep(row, options)

    def _set(self, options: dict[str, Any]) -> None:
        row = _source(options["slug"])
        row.enabled = row.enabled or options["on"]
        self._keep(row, options)

    def _keep(self, row: Source, options: dict[str, Any]) -> None:
        row.settings = {**row.settings, **_settings(options["set"])}
        row.settings = {name: value for name, value in row.settings.items() if value != ""}
        row.name = options["name"] or row.name
        row.every = row.every if options["every"] is None else options["every"]
        row.enabled = row.enabled and not options["off"]
        try:
            checked(_plugin(row.plugin), row.settings)
            row.full_clean()
        except WrongSettings as wrong:
            raise CommandError(f"{wrong} `manage.py sources kinds` says what each takes.") from None
        except ValidationError as wrong:
            told = wrong.message_dict.items()
            said = " ".join(f"{name}: {' '.join(texts)}" for name, texts in told)
            raise CommandError(said) from None
        row.next_run_at = None
        row.save(update_fields=(*SETTINGS, "next_run_at") if row.pk else None)
        self.stdout.write(f"{row.slug}: {health(row, timezone.now())}")

    def _start(self, options: dict[str, Any]) -> None:
        rows = [_source(slug) for slug in options["slugs"]]
        fetching.restart([row.pk for row in rows], timezone.now())
        for row in rows:
            row.refresh_from_db()
            self.stdout.write(f"{row.slug}: {health(row, timezone.now())}")


def _iso(value: datetime) -> str:
    return value.isoformat()


def _plugin(name: str) -> SourcePlugin:
    if name not in sources.names():
        known = ", ".join(sources.names())
        raise CommandError(f"{name!r} is no kind of source. Those here are: {known}.")
    return sources.get(name)


def _source(slug: str) -> Source:
    row = Source.objects.filter(slug=slug).exclude(plugin="").first()
    if row is None:
        raise CommandError(f"There is no source {slug!r} that fetches. `manage.py sources` lists.")
    return row


def _settings(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise CommandError(f"{pair!r} is no setting like name=value.")
        found[name.strip()] = value.strip()
    return found
