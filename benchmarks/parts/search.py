"""Search over HTTP beside a bare tantivy, SQLite's FTS5 and a view that reads one row."""

import os
from typing import Any

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts

FEW = 20_000
NAMES = {
    "common": "a word in most papers",
    "middling": "a middling word",
    "rare": "three rare words",
    "phrase": "a phrase with a topic, in one month",
    "absent": "a word in none",
}


class Search:
    name = "search"
    about = (
        "search by words, over HTTP: the JSON API, ten papers whole, as the others find ten "
        "(SEARCH_PAPERS=1000000 for a million, SEARCH_KEPT=FOLDER keeps them between runs)"
    )

    def measure(self) -> list[Row]:
        papers, seconds = int(os.environ.get("SEARCH_PAPERS", FEW)), _seconds()
        found = found_by("searching", f"{papers}", seconds)
        rows = _rows(found["rates"], found["times"])
        if papers > FEW:
            few = found_by("searching", f"{FEW}", seconds)["times"]
            rows += [
                Row(f"{told}, p50", found["times"][f"http {name}"]["p50"],
                    1.5 * few[f"http {name}"]["p50"], "ms", f"1.5 times that of {FEW:,} papers")
                for name, told in NAMES.items()
            ]  # fmt: skip
        return rows


def _seconds() -> str:
    return os.environ.get("BENCH_SECONDS", "2")


def _rows(rates: dict[str, float], times: dict[str, Any]) -> list[Row]:
    one = times["row"]
    rows = [
        Row("building the index", rates["ours"], rates["bare"], "papers/s",
            "bare tantivy, one field, texts in memory"),
        Row("a view that reads one row, p50", one["p50"], None, "ms"),
    ]  # fmt: skip
    for name, told in NAMES.items():
        http, bare, ours, fts5 = (
            times[f"{way} {name}"] for way in ("http", "bare", "ours", "fts5")
        )
        allowed = bare["p50"] + 2 * one["p50"]
        rows += [
            Row(f"{told}, p50", http["p50"], allowed, "ms",
                f"bare tantivy ({bare['p50']:.2f}) and twice one row"),
            Row(f"{told}, p95", http["p95"], bare["p95"] + 2 * one["p95"], "ms", "the same"),
            Row(f"{told}, over HTTP, p50", http["p50"], fts5["p50"] + one["p50"], "ms",
                f"SQLite's FTS5 in process ({fts5['p50']:.3f}) and one row"),
            Row(f"{told}, in process, p50", ours["p50"], fts5["p50"], "ms", "SQLite's FTS5"),
        ]  # fmt: skip
    others = {
        "page": "a middling word, fifty papers, p50",
        "changed": "a middling word, after the database changed, p50",
        "narrowed": "the phrase, after the database changed, p50",
        "again": "the same question again, p50",
    }
    rows += [
        Row(told, times[f"http {name}"]["p50"], one["p50"], "ms", "one row")
        for name, told in others.items()
    ]
    rows.append(
        Row("completion of a word, p50", times["completion"]["p50"], 2 * one["p50"], "ms",
            "twice one row")
    )  # fmt: skip
    return rows + (_hybrid(times) if "embedding" in times else [])


def _hybrid(times: dict[str, Any]) -> list[Row]:
    embedding = times["embedding"]["p50"]
    return [
        Row(f"{NAMES[name]}, by words and by meaning, p50", times[f"hybrid {name}"]["p50"],
            2 * times[f"http {name}"]["p50"] + embedding, "ms",
            f"twice by words, and the embedding ({embedding:.2f})")
        for name in ("middling", "rare")
    ]  # fmt: skip


parts.register(Search())
