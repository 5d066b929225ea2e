"""manage.py ingest FILE…: digests from files or standard input."""

import argparse
import dataclasses
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from feeds.ingest import Report, ingest, source_named
from feeds.management.following import following
from feeds.packing import FileContent, TooLarge, unpacked
from feeds.parsers.base import UnknownFormat, parsers
from feeds.recording import Followed

_IN_MEMORY = 16 * 1024 * 1024  # of what cannot be read twice; more goes through a file


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
        for number, name in enumerate(files, start=1):
            place = f"{number} of {len(files)}: {name}" if len(files) > 1 else name
            try:
                report = self._ingest(name, place, console, options)
            except (OSError, UnknownFormat, TooLarge) as problem:
                refused += 1
                self._refuse(name, problem, as_json=options["json"])
            else:
                self._tell(name, report, as_json=options["json"])
        if refused:
            raise CommandError(f"{refused} of {len(files)} could not be read.")

    def _ingest(self, name: str, place: str, console: Console, options: dict[str, Any]) -> Report:
        with _opened(name) as file, unpacked(FileContent(file)) as plain:
            content = Followed(plain)
            with following(content, place, console) as progress:
                return ingest(
                    content,
                    source_named(options["source"]),
                    day=options["date"],
                    name=Path(name).name,
                    parser=options["parser"],
                    progress=progress,
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


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    """The named file, or standard input, at any place of which can be read. Raises OSError."""
    if name == "-":
        with _copied(sys.stdin.buffer) as copy:
            yield copy
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 (closed below)
    except ValueError as wrong:  # a zero byte in the name
        raise OSError(f"No file can have this name: {wrong}") from wrong
    with file:
        if file.seekable():
            yield file
            return
        with _copied(file) as copy:
            yield copy


@contextmanager
def _copied(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        yield copy


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
