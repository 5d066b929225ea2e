"""manage.py embed: the vectors of all papers, made at once instead of by the worker."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from feeds import embedding, vector_index
from feeds.embedders.base import Broken, Embedder, embedder


class Command(BaseCommand):
    help = "Makes the vectors that papers wait for; stopped, it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare with the papers")
        parser.add_argument("--threads", type=int, default=2, help="processors to use (2)")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *, check: bool, threads: int, **options: Any) -> None:
        model = embedder()
        if model is None:
            raise CommandError("EMBEDDER is off; EMBEDDER=minilm makes vectors.")
        made = 0 if check else _embed(model, max(1, threads), Console(stderr=True))
        state = embedding.state()
        told = {"papers": state.papers, "made": made, "without": state.without,
                "waiting": state.waiting, "outdated": state.outdated}  # fmt: skip
        self.stdout.write(json.dumps(told) if options["json"] else _words(state, made))
        if check and not state.whole:
            raise CommandError(
                "Not every vector is of its paper; `manage.py embed` makes the rest."
            )


def _embed(model: Embedder, threads: int, console: Console) -> int:
    embedding.want_missing(model.version)
    embedding.want_changed()
    columns = TextColumn("Embedding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=embedding.waiting().count())
        try:
            made = embedding.embed_waiting(
                model, threads=threads, told=lambda done: bar.update(task, completed=done)
            )
        except Broken as broken:
            raise CommandError(str(broken)) from broken
    if vector_index.build_index():
        console.print("The index over the vectors is built.")
    return made


def _words(state: embedding.State, made: int) -> str:
    rest = f"{state.without:,} without, {state.waiting:,} waiting, {state.outdated:,} outdated"
    return f"{made:,} vectors made; of {state.papers:,} papers: {rest}"
