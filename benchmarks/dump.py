"""An arXiv dump of any length: JSON lines made of the real papers, with ids of their own."""

import gzip
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.frame import real_data

_MONTH = 20_000  # papers a month that the ids have room for


def write_dump(path: Path, papers: int) -> None:
    """Writes so many lines as the public dump of arXiv's metadata has them. Raises NotMeasured."""
    with path.open("w") as file:
        for line in itertools.islice(lines(), papers):
            file.write(json.dumps(line) + "\n")


def lines() -> Iterator[dict[str, Any]]:
    """The real papers, again and again; each round has other ids, and so other titles."""
    source = real_data() / "arxiv_20k.jsonl.gz"
    number = 0
    for time in itertools.count():
        with gzip.open(source, "rt") as file:
            for text in file:
                yield _line(json.loads(text), number, time)
                number += 1


def _line(paper: dict[str, Any], number: int, time: int) -> dict[str, Any]:
    month, place = divmod(number, _MONTH)
    again = f" {time + 1}" if time else ""
    return {
        "id": f"{15 + month // 12:02}{1 + month % 12:02}.{place:05}",
        "title": paper["title"] + again,
        "authors": paper["authors"],
        "categories": "cs.CL cs.LG",
        "abstract": paper["abstract"],
        "doi": None,
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2025-03-26",
    }
