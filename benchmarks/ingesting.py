"""`python -m benchmarks.ingesting PAPERS`: one process reads a dump into a database of its own.

Prints what it took as JSON: a process apart, so that its memory is that of ingesting alone.
"""

import itertools
import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

from benchmarks.dump import write_dump
from benchmarks.frame import timed
from config import embedded

STEP = 10_000
COPIED = ("feeds_paper", "feeds_paperstats", "feeds_identifier", "feeds_paperversion",
          "feeds_listing", "feeds_papertag")  # fmt: skip


def main() -> None:
    papers = int(sys.argv[1])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    embedded.ensure()
    django.setup()
    with tempfile.TemporaryDirectory() as folder, scratch_database():
        path = Path(folder) / "dump"
        write_dump(path, papers)
        print(json.dumps(measured(path)))


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database that is made for the measurement, and dropped after it."""
    from django.db import connection  # noqa: PLC0415 (needs the settings)

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measured(path: Path) -> dict[str, Any]:
    from benchmarks.upserts import upserts  # noqa: PLC0415 (needs the settings)
    from feeds.ingest import Report, ingest, source_named  # noqa: PLC0415
    from feeds.packing import FileContent  # noqa: PLC0415

    took: list[tuple[int, float]] = [(0, 0.0)]

    def progress(report: Report) -> None:
        if report.records - took[-1][0] >= STEP:
            took.append((report.records, clock()))

    with path.open("rb") as file:
        content = FileContent(file)
        with timed() as clock:
            report = ingest(content, source_named("dump"), progress=progress)
            seconds = clock()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with timed() as clock:
            again = ingest(content, source_named("dump"))
            unchanged = again.unchanged / clock()
    speeds = [
        (after[0] - before[0]) / (after[1] - before[1])
        for before, after in itertools.pairwise(took)
    ]
    return {
        "papers": report.new,
        "speed": report.new / seconds,
        "first": speeds[0] if speeds else 0.0,
        "last": speeds[-1] if speeds else 0.0,
        "memory": memory,
        "unchanged": unchanged,
        **upserts(STEP),
        "bare": report.new / copied(indexed=False),
        "indexed": report.new / copied(indexed=True),
    }


def copied(*, indexed: bool) -> float:
    """How many seconds a COPY takes of all the rows that the ingest wrote, into empty tables.

    The tables have no index and no constraint, or all that the real ones have but foreign keys.
    """
    from django.db import connection  # noqa: PLC0415

    like = "INCLUDING ALL" if indexed else ""
    seconds = 0.0
    with connection.cursor() as cursor:
        for table in COPIED:
            with cursor.copy(f"COPY {table} TO STDOUT") as out:
                rows = [bytes(piece) for piece in out]
            cursor.execute(f"CREATE TABLE bare (LIKE {table} {like})")
            with timed() as clock:
                with cursor.copy("COPY bare FROM STDIN") as into:
                    for row in rows:
                        into.write(row)
                seconds += clock()
            cursor.execute("DROP TABLE bare")
    return seconds


if __name__ == "__main__":
    main()
