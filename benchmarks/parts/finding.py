"""How well search answers questions whose answers are known, beside each of its halves alone."""

import os
from collections.abc import Iterator
from typing import Any

from benchmarks.apart import lines_of
from benchmarks.frame import NotMeasured, Row, parts, real_data
from benchmarks.parts.similar import by_chance, mean

_GIVEN = ("DOCS", "QUERIES", "QRELS")
_WAYS = {"words": "BM25 alone, as served with EMBEDDER=off", "meaning": "MiniLM alone"}


class Finding:
    name = "finding"
    about = "search through the HTTP API on judged questions (DOCS=, QUERIES=, QRELS= name others)"

    def measure(self) -> list[Row]:
        return [row for found in lines_of("finding", *_asked_for()) for row in _rows(found)]


def _asked_for() -> list[str]:
    files = [os.environ.get(name, "") for name in _GIVEN]
    if all(files):
        return ["--given", *files]
    if any(files):
        raise NotMeasured(f"{', '.join(_GIVEN)} are three files that belong together")
    real_data()
    return ["cacm", "cisi", "known"]


def _rows(found: dict[str, Any]) -> Iterator[Row]:
    name, ours = found["name"], found["ndcg"]["both"]
    for way, what in _WAYS.items():
        theirs = found["ndcg"][way]
        note = f"{what}; {mean(ours) - mean(theirs):+.3f}, p {by_chance(ours, theirs):.3f}"
        yield Row(f"{name}: nDCG@10 of {len(ours)} questions", mean(ours), mean(theirs), note=note)
    for way, what in _WAYS.items():
        there = found["found"]
        yield Row(f"{name}: one is among the first 10", mean(there["both"]), mean(there[way]),
                  note=what)  # fmt: skip


parts.register(Finding())
