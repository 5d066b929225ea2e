"""How fast papers go in, beside a bare COPY of the rows that they become."""

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.frame import ROOT, NotMeasured, Row, parts, real_data

PAPERS = int(os.environ.get("BENCH_PAPERS", "100000"))
LARGEST = 400  # MB, that one worker may take


class Ingest:
    name = "ingest"
    about = f"{PAPERS:,} papers of an arXiv dump in one worker: parsed, resolved, tagged, written"

    def measure(self) -> list[Row]:
        real_data()
        found = _run(PAPERS)
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


def _run(papers: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ingesting", str(papers)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotMeasured(f"the ingest failed: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


parts.register(Ingest())
