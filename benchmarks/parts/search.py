"""Lexical search over HTTP beside a bare tantivy, SQLite's FTS5 and a view that reads one row."""

import os
from typing import Any

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts

SECONDS = 3.0
NAMES = {
    "common": "a word in most papers",
    "middling": "a middling word",
    "rare": "three rare words",
    "phrase": "a phrase with a topic, in one month",
    "absent": "a word in none",
}


class Search:
    name = "search"
    about = "search by words over HTTP, ten papers (SEARCH_PAPERS=1000000 for a million)"

    def measure(self) -> list[Row]:
        papers = int(os.environ.get("SEARCH_PAPERS", "20000"))
        found = found_by("searching", str(papers), str(SECONDS))
        rates, one = found["rates"], found["http"]["row"]
        rows = [
            Row("building the index", rates["ours"], rates["bare"], "papers/s",
                "bare tantivy, one field, texts in memory"),
            Row("a view that reads one row, p50", one["p50"], None, "ms"),
        ]  # fmt: skip
        for name, told in NAMES.items():
            http, bare, fts5 = (found[way][name] for way in ("http", "bare", "fts5"))
            allowed = bare["p50"] + 2 * one["p50"]
            rows += [
                Row(f"{told}, p50", http["p50"], allowed, "ms",
                    f"bare tantivy ({bare['p50']:.2f}) and twice one row"),
                Row(f"{told}, p95", http["p95"], bare["p95"] + 2 * one["p95"], "ms", "the same"),
                Row(f"{told}, p50", http["p50"], fts5["p50"], "ms", "SQLite's FTS5, in process"),
            ]  # fmt: skip
        again = found["http"]["again"]["p50"]
        rows.append(Row("the same question again, p50", again, one["p50"], "ms", "one row"))
        return [*rows, *_hybrid(found)] if "hybrid" in found else rows


def _hybrid(found: dict[str, Any]) -> list[Row]:
    hybrid, words, one = found["hybrid"], found["http"], found["http"]["row"]
    rows = [
        Row(f"{NAMES[name]}, by words and by meaning, p50", hybrid[name]["p50"],
            2 * words[name]["p50"] + hybrid["embedding"]["p50"], "ms",
            f"twice by words, and the embedding ({hybrid['embedding']['p50']:.2f})")
        for name in ("middling", "rare")
    ]  # fmt: skip
    completion = hybrid["completion"]["p50"]
    return [
        *rows,
        Row("completion of a word, p50", completion, 2 * one["p50"], "ms", "twice one row"),
    ]


parts.register(Search())
