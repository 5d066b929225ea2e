"""`python -m drills.reading parse|ingest FILE`: reads a long document, and says what it took.

A process of its own, so that its peak of memory is that of the reading alone.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from drills.judging import TODAY
from feeds.packing import FileContent
from feeds.parsers.base import parse
from feeds.records import Content, PaperRecord, RawDigest


def parsed(content: Content) -> dict[str, Any]:
    entries = parse(RawDigest(content, TODAY)).entries
    records = problems = 0
    for entry in entries:
        if isinstance(entry, PaperRecord):
            records += 1
        else:
            problems += 1
    return {"records": records, "problems": problems}


def ingested(content: Content) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from feeds.ingest import ingest, source_named

    report = ingest(content, source_named("harvest"))
    return {"records": report.new, "problems": report.records - report.new}


def peak() -> float:
    """The most memory that this process held, in megabytes."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1e6 if sys.platform == "darwin" else held * 1024 / 1e6


def main() -> None:
    how, path = sys.argv[1:]
    start = time.monotonic()
    with Path(path).open("rb") as file:
        found = {"parse": parsed, "ingest": ingested}[how](FileContent(file))
    seconds = time.monotonic() - start
    sys.stdout.write(json.dumps(found | {"peak": peak(), "seconds": seconds}))


if __name__ == "__main__":
    main()
