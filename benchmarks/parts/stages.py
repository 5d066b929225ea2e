"""What each stage of an ingest takes for one paper, before any database is asked."""

import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from benchmarks.dump import write_dump
from benchmarks.frame import Row, parts, real_data
from feeds.authors import author_key
from feeds.identify import title_key
from feeds.parsers.base import parse
from feeds.prepare import prepare
from feeds.rankers.base import moving_rankers, rankers
from feeds.records import PaperRecord, RawDigest, Signals
from feeds.taggers.base import tags_of

PAPERS = 4_000
RUNS = 5
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
Thing = TypeVar("Thing")


class Stages:
    name = "stages"
    about = f"processor time a paper of each stage without a database, the median of {RUNS} runs"

    def measure(self) -> list[Row]:
        lines = _dump()
        digest = RawDigest(b"\n".join(lines), NOW.date())
        papers = [entry for entry in parse(digest).entries if isinstance(entry, PaperRecord)]
        signals = [Signals(number % 50, NOW, number) for number in range(PAPERS)]

        def row(what: str, seconds: float, beside: float, note: str) -> Row:
            return Row(what, seconds / PAPERS * 1e6, beside / PAPERS * 1e6, "µs", note)

        loading, splitting = took(json.loads, lines), took(_split, papers)
        load, split = "json.loads of its line", "lower() and split() of its words"
        return [
            row("parse", took(lambda whole: list(parse(whole).entries), [digest]), loading, load),
            row("identify", took(_keys, papers), splitting, split),
            row("prepare", took(_prepared, papers), splitting, split),
            row("tag", took(tags_of, papers), splitting, split),
            row("score", took(_scores, signals), splitting, split),
        ]


def took(work: Callable[[Thing], Any], things: Iterable[Thing]) -> float:
    """The seconds of processor time that `work` on all the things takes, after one to set up."""
    things = list(things)
    work(things[0])
    runs = []
    for _ in range(RUNS):
        begun = time.process_time()
        for thing in things:
            work(thing)
        runs.append(time.process_time() - begun)
    return median(runs)


def _dump() -> list[bytes]:
    real_data()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump"
        write_dump(path, PAPERS)
        return path.read_bytes().splitlines()


def _split(paper: PaperRecord) -> list[str]:
    return f"{paper.title} {paper.abstract}".lower().split()


def _keys(paper: PaperRecord) -> tuple[str, list[str]]:
    return title_key(paper.title), [author_key(name) for name in paper.authors]


def _prepared(paper: PaperRecord) -> object:
    return prepare(paper.title, paper.abstract)


def _scores(signals: Signals) -> list[float]:
    moving = [ranker.score(signals, NOW).value for ranker in moving_rankers.all()]
    return moving + [ranker.score(signals).value for ranker in rankers.all()]


parts.register(Stages())
