"""manage.py index: the index of words on this machine is built, followed or compared."""

import json
import signal
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from feeds.models import Paper
from feeds.reading import keys_of
from feeds.search import indexing
from feeds.search.checking import Differences, differences

REST = 1.0  # seconds between two looks, where no ring comes
NAMED = 5  # papers of each kind that are named
NONE = "There is no index here that can be used; `manage.py index` builds it."


class Command(BaseCommand):
    help = "Builds the index of words where there is none, and has it catch up where there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--rebuild", action="store_true", help="build it anew in any case")
        what.add_argument("--check", action="store_true", help="only compare it with the papers")
        what.add_argument(
            "--follow", action="store_true", help="follow the papers, until told to end"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object (with --check)")

    def handle(self, *, rebuild: bool, check: bool, follow: bool, **options: Any) -> None:
        self.console = Console(stderr=True)
        if check:
            self._check(as_json=options["json"])
        elif follow:
            self._follow()
        else:
            self._bring_up_to_date(rebuild=rebuild)

    def _follow(self) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, _end)
        try:
            indexing.follow(REST)
        except OperationalError as gone:
            raise CommandError(f"The database is away: {str(gone).splitlines()[0]}") from gone

    def _bring_up_to_date(self, *, rebuild: bool) -> None:
        try:
            with indexing.alone():
                one = None if rebuild else indexing.follower()
                taken = one.catch_up() if one else None
                if taken is None:
                    with self._bar("Indexing") as bar:
                        task = bar.add_task("", total=Paper.objects.count())
                        indexing.build(lambda done: bar.update(task, completed=done))
        except indexing.Taken:
            raise CommandError(
                "Another process follows the papers here (`manage.py index --follow`); it builds "
                "the index itself, anew too where its folder is removed."
            ) from None
        self.stdout.write("The index is built." if taken is None else f"{taken:,} papers taken in.")

    def _check(self, *, as_json: bool) -> None:
        with self._bar("Comparing") as bar:
            task = bar.add_task("", total=Paper.objects.count())
            found = differences(lambda done: bar.update(task, completed=done))
        if found is None:
            raise CommandError(NONE)
        self.stdout.write(_as_json(found) if as_json else _in_words(found))
        if not found.none:
            raise CommandError("The index differs; `manage.py index --rebuild` builds it anew.")

    def _bar(self, what: str) -> Progress:
        columns = TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        return Progress(*columns, console=self.console, transient=True)


def _kinds(found: Differences) -> dict[str, tuple[int, ...]]:
    return {"missing": found.missing, "too many": found.extra, "other words": found.other}


def _in_words(found: Differences) -> str:
    lines = [f"{found.papers:,} papers compared; {found.behind:,} changed since and wait."]
    for kind, papers in _kinds(found).items():
        if papers:
            names = keys_of(papers[:NAMED])
            told = ", ".join(names.get(one, f"number {one}") for one in papers[:NAMED])
            more = " …" if len(papers) > NAMED else ""
            lines.append(f"{kind}: {len(papers):,} ({told}{more})")
    return "\n".join(lines)


def _as_json(found: Differences) -> str:
    kinds = {kind.replace(" ", "_"): list(papers) for kind, papers in _kinds(found).items()}
    return json.dumps({"papers": found.papers, "behind": found.behind, **kinds})


def _end(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)
