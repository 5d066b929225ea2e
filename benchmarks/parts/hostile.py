"""How long the site is busy with questions that nobody means well with."""

import os
import statistics

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts

MOST = 200.0  # milliseconds that each may take
SLOWEST = 5
SHOWN = 40


class Hostile:
    name = "hostile"
    about = "hostile questions, each asked once over HTTP (HOSTILE_PAPERS=20000)"

    def measure(self) -> list[Row]:
        found = found_by("hostile", os.environ.get("HOSTILE_PAPERS", "20000"))
        rows = []
        for place, times in found.items():
            median = statistics.median(took for took, _ in times)
            note = f"{len(times)} of them"
            rows.append(Row(f"{place}: the median", median, MOST, "ms", note))
            for took, text in sorted(times, reverse=True)[:SLOWEST]:
                shown = ascii(text)[:SHOWN]
                note = f"{shown}…, {len(text):,} signs" if len(text) > SHOWN else shown
                rows.append(Row(f"{place}: one of the slowest", took, MOST, "ms", note))
        return rows


parts.register(Hostile())
