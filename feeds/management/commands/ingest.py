"""manage.py ingest FILE…: digests from files or standard input."""

import argparse
import dataclasses
import json
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from feeds.ingest import Report, ingest, source_named
from feeds.packing import TooLarge
from feeds.parsers.base import UnknownFormat, parsers


class Command(BaseCommand):
    help = "Reads digests of papers, in any format that Broadsheet knows, from files or from -."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for the input")
        parser.add_argument(
            "--source", default="upload", type=_slug, help="the source's name (default: upload)"
        )
        parser.add_argument("--date", type=_day, help="the edition's day, like 2026-04-24")
        parser.add_argument("--parser", type=_parser, default="", help="the format's name")
        parser.add_argument("--json", action="store_true", help="one JSON object a digest")

    def handle(self, *, files: list[str], **options: Any) -> None:
        console = Console(stderr=True)
        refused = 0
        bar = track(files, "Reading", console=console, disable=not console.is_terminal)
        for name in bar:
            try:
                report = self._ingest(name, options)
            except (OSError, UnknownFormat, TooLarge) as problem:
                refused += 1
                self._refuse(name, problem, as_json=options["json"])
            else:
                self._tell(name, report, as_json=options["json"])
        if refused:
            raise CommandError(f"{refused} of {len(files)} could not be read.")

    def _ingest(self, name: str, options: dict[str, Any]) -> Report:
        return ingest(
            _content(name),
            source_named(options["source"]),
            day=options["date"],
            name=Path(name).name,
            parser=options["parser"],
        )

    def _tell(self, name: str, report: Report, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"file": name, **_counts(report)}, default=str))
            return
        self.stdout.write(
            f"{name}: {report.records} papers for {report.date} ({report.parser}): {report.new} "
            f"new, {report.updated} updated, {report.unchanged} unchanged, "
            f"{report.rejected} put aside"
        )
        for problem in report.problems:
            self.stdout.write(f"  {problem.place}: {problem.reason}")

    def _refuse(self, name: str, problem: Exception, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"file": name, "error": str(problem)}))
        self.stderr.write(f"{name}: {problem}")


def _content(name: str) -> bytes:
    """The bytes of the named file, or of standard input. Raises OSError."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except ValueError as wrong:  # a zero byte in the name
        raise OSError(f"No file can have this name: {wrong}") from wrong


def _counts(report: Report) -> dict[str, Any]:
    return dataclasses.asdict(report) | {"records": report.records}


def _parser(name: str) -> str:
    if name and name not in parsers.names():
        known = ", ".join(parsers.names())
        raise argparse.ArgumentTypeError(f"{name!r} is no format; those known are {known}")
    return name


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-04-24") from None


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{0,49}[a-z0-9]", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no source's name: up to 50 small letters, digits and hyphens, please"
        )
    return text
