"""`python -m benchmarks [PART…]`: every figure beside something real, in the same run."""

import argparse
import dataclasses
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from rich.console import Console
from rich.table import Table

from benchmarks.frame import ROOT, NotMeasured, Part, Row, parts
from config import embedded


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    embedded.ensure()
    django.setup()
    options = arguments()
    for name in ("seconds", "papers", "large", "votes", "keep"):
        if (value := getattr(options, name)) is not None:
            os.environ[f"BENCH_{name.upper()}"] = f"{value}"
    console = Console()
    found: dict[str, list[dict[str, object]]] = {}
    for name in options.parts or parts.names():
        part = parts.get(name)
        try:
            rows = part.measure()
        except NotMeasured as reason:
            console.print(f"{name}: not measured, {reason}.")
            continue
        console.print(table(part, rows))
        found[name] = [dataclasses.asdict(row) | {"ratio": row.ratio} for row in rows]
    write(found, console)


def arguments() -> argparse.Namespace:
    told = {part.name: part.about for part in parts.all()}
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Parts: " + "; ".join(f"{name}: {about}" for name, about in told.items()),
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="all, unless some are named")
    parser.add_argument("--seconds", type=float, help="that api and front ask each thing")
    parser.add_argument("--papers", type=int, help="how many papers api and front have")
    parser.add_argument("--large", type=int, help="how many papers lists has beside 20,000")
    parser.add_argument("--votes", type=int, help="how many votes lists gives to one paper")
    parser.add_argument("--keep", type=Path, help="a folder in which the papers of lists stay")
    options = parser.parse_args()
    if unknown := [name for name in options.parts if name not in told]:
        parser.error(f"{unknown[0]!r} is not one of: {', '.join(told)}")
    return options


def table(part: Part, rows: list[Row]) -> Table:
    made = Table("what", "ours", "beside", "ratio", "what stands beside", title=part.about)
    for row in rows:
        made.add_row(
            row.what, number(row.ours, row.unit), number(row.beside, row.unit),
            number(row.ratio), row.note,
        )  # fmt: skip
    return made


def number(value: float | None, unit: str = "") -> str:
    if value is None:
        return ""
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{shown} {unit}".strip()


def write(found: dict[str, list[dict[str, object]]], console: Console) -> None:
    if not found:
        sys.exit("Nothing was measured.")
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    folder = ROOT / "benchmarks" / "results"
    folder.mkdir(exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps({**machine, "parts": found}, indent=1))
    console.print(f"Written to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
