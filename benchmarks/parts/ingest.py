"""How fast papers go in, beside a bare COPY of the rows that they become."""

import os

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts, real_data

PAPERS = int(os.environ.get("BENCH_PAPERS", "100000"))
LARGEST = 400  # MB, that one worker may take


class Ingest:
    name = "ingest"
    about = f"{PAPERS:,} papers of an arXiv dump in one worker: parsed, resolved, tagged, written"

    def measure(self) -> list[Row]:
        real_data()
        found = found_by("ingesting", str(PAPERS))
        steps = "the first 10,000 papers"
        return [
            Row("papers", found["speed"], found["bare"], "/s", "bare COPY of all their rows"),
            Row("papers", found["speed"], found["indexed"], "/s", "the same COPY, with indexes"),
            Row("the last 10,000 papers", found["last"], found["first"], "/s", steps),
            Row(
                "changed ones", found["recordset"], found["temporary"], "/s", "by a temporary table"
            ),
            Row("changed ones", found["recordset"], found["bulk"], "/s", "by a bulk upsert"),
            Row("again, unchanged", found["unchanged"], found["speed"], "/s", "new"),
            Row("memory", found["memory"], LARGEST, "MB", "the aim"),
        ]


parts.register(Ingest())
