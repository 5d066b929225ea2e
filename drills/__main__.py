"""`python -m drills [DRILL…]`: the promises for hard days, tried one after another."""

import argparse
import sys
import time

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from drills.frame import Asked, Drill, NotRun, Overdue, Row, at_most, drills

VERDICTS = {True: "held", False: "[bold red]FAILED[/]", None: ""}


def main() -> None:
    options = arguments()
    asked = Asked(options.seed, options.count, tuple(options.only))
    console = Console(width=120 if not sys.stdout.isatty() else None)
    results = [run(drills.get(name), asked, console) for name in options.drills or drills.names()]
    if not any(results):
        sys.exit("Nothing was tried.")
    sys.exit(1 if any(row.held is False for rows in results for row in rows) else 0)


def arguments() -> argparse.Namespace:
    told = {drill.name: drill.about for drill in drills.all()}
    parser = argparse.ArgumentParser(
        prog="python -m drills",
        description="Drills: " + "; ".join(f"{name}: {about}" for name, about in told.items()),
    )
    parser.add_argument("drills", nargs="*", metavar="DRILL", help="all, unless some are named")
    parser.add_argument("--seed", type=int, default=1, help="another number, other chances")
    parser.add_argument("--count", type=int, help="how many rounds, instead of the drill's own")
    parser.add_argument(
        "--only", type=int, nargs="+", default=[], metavar="ROUND", help="repeat these rounds alone"
    )
    options = parser.parse_args()
    if unknown := [name for name in options.drills if name not in told]:
        parser.error(f"{unknown[0]!r} is not one of: {', '.join(told)}")
    return options


def run(drill: Drill, asked: Asked, console: Console) -> list[Row]:
    """The rows of one drill, printed as a table when it is over."""
    rows: list[Row] = []
    start = time.monotonic()
    try:
        with at_most(drill.minutes):
            for row in drill.run(asked):
                rows.append(row)  # noqa: PERF402 - those before an end by the clock are kept
    except NotRun as reason:
        console.print(f"{drill.name}: not tried, {reason}.")
        return []
    except Overdue as late:
        rows.append(Row("time", str(late), held=False))
    except Exception as error:  # noqa: BLE001 - the other drills are tried all the same
        rows.append(Row("the drill", f"{type(error).__name__}: {error}", held=False))
    console.print(table(drill, rows, time.monotonic() - start))
    return rows


def table(drill: Drill, rows: list[Row], seconds: float) -> Table:
    made = Table(title=f"{drill.name}: {drill.about} ({seconds:,.0f} s)", title_justify="left")
    for heading in ("what", "found", "", "note"):
        made.add_column(heading, overflow="fold")
    for row in rows:
        made.add_row(escape(row.what), escape(row.found), VERDICTS[row.held], escape(row.note))
    return made


if __name__ == "__main__":
    main()
