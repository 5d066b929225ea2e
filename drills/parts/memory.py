"""A harvest of 500 MB, read and put in by a process that never holds much of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from drills import database
from drills.documents import write_oai
from drills.frame import ROOT, Asked, Row, drills

MEGABYTES = 500
MOST_MEMORY = 300  # megabytes


class Memory:
    name = "memory"
    about = f"a harvest of {MEGABYTES} MB in less than {MOST_MEMORY} MB of memory"
    minutes = 45.0

    def run(self, asked: Asked) -> Iterator[Row]:
        database.begin()
        path = database.home() / "harvest.xml"
        records = write_oai(path, asked.count or MEGABYTES)
        size = f"{path.stat().st_size / 1e6:,.0f} MB, {records:,} records"
        for how in ("parse", "ingest"):
            yield _row(f"{how}: {size}", read(how, path, os.environ), records)


def read(how: str, path: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """What `drills.reading` tells of its reading. Raises CalledProcessError where it failed."""
    command = [sys.executable, "-m", "drills.reading", how, str(path)]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE, check=True
    )
    return dict(json.loads(done.stdout))


def _row(what: str, told: dict[str, Any], records: int) -> Row:
    whole = told["records"] == records and not told["problems"]
    return Row(
        what,
        f"{told['peak']:,.0f} MB at most, {told['records']:,} papers",
        held=whole and told["peak"] < MOST_MEMORY,
        note=f"{told['seconds']:,.0f} s, {records / told['seconds']:,.0f} records a second",
    )


drills.register(Memory())
