"""manage.py retag: kept papers, tagged anew by today's taxonomy and by what curators said."""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from feeds.management.following import EVERY
from feeds.models import Paper, Source
from feeds.models.paper import PaperQuerySet
from feeds.retagging import Progress as Told
from feeds.retagging import retag


class Command(BaseCommand):
    help = "Tags kept papers anew: all, or those that a source named, or named since a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", default="", help="only papers that this source named")
        parser.add_argument("--since", type=_day, help="only papers named on or after this day")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, source: str, since: date | None, **options: Any) -> None:
        if source and not Source.objects.filter(slug=source).exists():
            raise CommandError(f"No source is called {source!r}; `manage.py sources` lists them.")
        papers = Paper.objects.all()
        if source or since:
            papers = papers.listed(since, None, [source] if source else [])
        with _following(papers, Console(stderr=True)) as told:
            done, changed = retag(papers, told)
        if options["json"]:
            self.stdout.write(json.dumps({"papers": done, "changed": changed}))
        else:
            self.stdout.write(f"{done:,} papers: {changed:,} carry other tags now")


@contextmanager
def _following(papers: PaperQuerySet, console: Console) -> Iterator[Told]:
    """A bar on a terminal, else a line now and then."""
    began = time.monotonic()
    if not console.is_terminal:
        yield _lines(console, began)
        return
    columns = TextColumn("Tagging"), BarColumn(), TextColumn("{task.fields[said]}")
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=papers.visible().count(), said="")
        yield lambda done, changed: bar.update(
            task, completed=done, said=_words(done, changed, began)
        )


def _lines(console: Console, began: float) -> Told:
    last = began

    def tell(done: int, changed: int) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            console.file.write(f"{_words(done, changed, began)}\n")

    return tell


def _words(done: int, changed: int, began: float) -> str:
    rate = done / max(time.monotonic() - began, 1e-6)
    return f"{done:,} papers, {changed:,} changed, {rate:,.0f} a second"


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-04-24") from None
