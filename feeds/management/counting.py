"""How many rows have gone by: a bar on a terminal, else a line now and then."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

EVERY = 10.0  # seconds between plain lines
_STEP = 200  # rows between two looks at the clock

Share = Callable[[], float | None]
Shown = Callable[[str], None]


class Rows:
    """Counts the rows of each kind, and has them shown; call it with a row's kind."""

    def __init__(self, shown: Shown) -> None:
        self.of: Counter[str] = Counter()
        self.all = 0
        self._shown = shown
        self._began = time.monotonic()

    def __call__(self, kind: str) -> None:
        self.of[kind] += 1
        self.all += 1
        if not self.all % _STEP:
            self._shown(f"{kind}: {self.words}")

    @property
    def words(self) -> str:
        seconds = max(time.monotonic() - self._began, 1e-6)
        return f"{self.all:,} rows, {self.all / seconds:,.0f} a second"


@contextmanager
def counting(title: str, share: Share, console: Console) -> Iterator[Rows]:
    """`share` says how much is done, from 0 to 1, or None where that is not known."""
    if not console.is_terminal:
        yield Rows(_lines(title, console))
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
        task = bar.add_task(title, total=None, said="")

        def shown(words: str) -> None:
            done = share()
            total = None if done is None else 1.0
            bar.update(task, total=total, completed=done or 0, said=words)

        yield Rows(shown)


def _lines(title: str, console: Console) -> Shown:
    last = time.monotonic()

    def shown(words: str) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            console.file.write(f"{title}, {words}\n")

    return shown
