"""Readers of whom it is known which papers they gave, and when: who submitted what to a daily list.

`READERS` names another file in the same form, JSON lines of papers: {"title", "abstract",
"authors": […], "keywords": […], "votes", "day": "2025-05-01", "reader"}.
"""

import gzip
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.frame import real_data

LEAST, MOST = 5, 100  # papers of a reader; who gave more runs the list, and has no taste
TESTED = 0.7  # of each reader's papers the last ones, from here on
AROUND = 3  # days before and after the one on which the next paper came


@dataclass(frozen=True)
class Paper:
    title: str
    abstract: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    votes: int
    day: date
    reader: str

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True)
class Case:
    """A reader's next paper: to be found among `candidates`, by what they gave before (`known`).

    All are places in the list of papers; `earlier` are those that were there by then.
    """

    known: tuple[int, ...]
    target: int
    candidates: tuple[int, ...]
    earlier: tuple[int, ...]


def papers() -> list[Paper]:
    """By day, in the order in which they came. Raises NotMeasured."""
    if named := os.environ.get("READERS"):
        lines = Path(named).read_text().splitlines()
        return sorted((_of_line(json.loads(line)) for line in lines), key=lambda one: one.day)
    found: dict[str, Paper] = {}
    for path in sorted((real_data() / "hf_daily").glob("*.json.gz")):
        told = json.loads(gzip.decompress(path.read_bytes()))
        day = date.fromisoformat(path.name.split(".")[0])
        for item in sorted(told, key=lambda one: one["paper"].get("submittedOnDailyAt") or ""):
            found.setdefault(item["paper"]["id"], _of_digest(item["paper"], day))
    return list(found.values())


def cases(told: list[Paper], first: float = TESTED, last: float = 1.0) -> Iterator[Case]:
    """The part of each reader's papers from `first` to `last` (0…1), each as a case."""
    given: dict[str, list[int]] = defaultdict(list)
    for place, paper in enumerate(told):
        given[paper.reader].append(place)
    for reader, mine in given.items():
        if reader and LEAST <= len(mine) <= MOST:
            for number in range(max(1, int(first * len(mine))), int(last * len(mine))):
                yield _case(told, tuple(mine[:number]), mine[number])


def _case(told: list[Paper], known: tuple[int, ...], target: int) -> Case:
    apart = [(paper.day - told[target].day).days for paper in told]
    others = [place for place in range(len(told)) if place not in known]
    return Case(
        known,
        target,
        tuple(place for place in others if abs(apart[place]) <= AROUND),
        tuple(place for place in others if apart[place] <= AROUND),
    )


def _of_line(told: dict[str, object]) -> Paper:
    return Paper(
        str(told["title"]),
        str(told.get("abstract") or ""),
        tuple(told.get("authors") or ()),  # type: ignore[arg-type]
        tuple(told.get("keywords") or ()),  # type: ignore[arg-type]
        int(told.get("votes") or 0),  # type: ignore[call-overload]
        date.fromisoformat(str(told["day"])),
        str(told.get("reader") or ""),
    )


def _of_digest(told: dict[str, object], day: date) -> Paper:
    line = {
        "title": told["title"],
        "abstract": told.get("summary"),
        "authors": [one["name"] for one in told.get("authors") or ()],  # type: ignore[attr-defined]
        "keywords": told.get("ai_keywords"),
        "votes": told.get("upvotes"),
        "day": day.isoformat(),
        "reader": (told.get("submittedOnDailyBy") or {}).get("_id"),  # type: ignore[attr-defined]
    }
    return _of_line(line)
