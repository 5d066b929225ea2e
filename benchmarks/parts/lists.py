"""Lists of many papers beside the same lists of few, over HTTP and by PostgreSQL alone."""

import os
from typing import Any

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts

SMALL = 20_000
LARGE = "100000"
VOTES = "10000"


class Lists:
    name = "lists"
    about = f"lists of many papers beside those of {SMALL:,} (--large 1000000 for a million)"

    def measure(self) -> list[Row]:
        large = int(os.environ.get("BENCH_LARGE", LARGE))
        votes = os.environ.get("BENCH_VOTES", VOTES)
        kept = os.environ.get("BENCH_KEEP", "")
        found = found_by("listing", str(SMALL), str(large), votes, kept)
        rows = []
        for kind in found["http"]:
            rows += _kind(kind, found, large)
        return [*rows, *_deep(found), *_votes(found["votes"])]


def _kind(kind: str, found: dict[str, Any], large: int) -> list[Row]:
    http, alone = found["http"][kind], found["alone"][kind]
    note = f"of {SMALL:,}"
    return [
        Row(f"{kind} of {large:,} papers, p95", http["large"], http["small"], "ms", note),
        Row("  its SQL by pgbench, p95", alone["large"], alone["small"], "ms", note),
        Row("  by HTTP beside its SQL alone", http["large"], alone["large"], "ms", "pgbench"),
    ]


def _deep(found: dict[str, Any]) -> list[Row]:
    return [
        Row(f"page {found['page']:,} in the order {order}, p95", one["deep"], one["first"], "ms",
            "page 1")
        for order, one in found["deep"].items()
    ]  # fmt: skip


def _votes(found: dict[str, Any]) -> list[Row]:
    rows = [
        Row(f"a vote until it is seen in the order {order}", seconds, 1, "s", "the most it may be")
        for order, seconds in found["seen"].items()
    ]
    rate = f"{found['cast'] / found['seconds']:.0f} a second over 50 connections"
    cast = Row("votes on one paper that count", found["counted"], found["cast"], "", rate)
    return [*rows, cast]


parts.register(Lists())
