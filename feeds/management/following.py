"""How far the reading of a document is: a bar on a terminal, else a line now and then."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from feeds.ingest import Progress as Told
from feeds.ingest import Report
from feeds.recording import Followed

EVERY = 10.0  # seconds between plain lines


@contextmanager
def following(content: Followed, name: str, console: Console) -> Iterator[Told]:
    """Shows how far the reading of `content` is; yields what is to be told of each batch."""
    if not console.is_terminal:
        yield _lines(name, console)
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task(escape(name), total=None, said="")
        yield _moving(bar, task, content)


def _moving(bar: Progress, task: TaskID, content: Followed) -> Told:
    began = time.monotonic()

    def tell(report: Report) -> None:
        known = content.share is not None
        bar.update(
            task,
            total=len(content) if known else None,
            completed=content.place if known else 0,
            said=_words(report, began),
        )

    return tell


def _lines(name: str, console: Console) -> Told:
    began = last = time.monotonic()

    def tell(report: Report) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            console.file.write(f"{name}: {_words(report, began)}\n")

    return tell


def _words(report: Report, began: float) -> str:
    rate = report.records / max(time.monotonic() - began, 1e-6)
    return f"{report.records:,} entries, {rate:,.0f} a second"
