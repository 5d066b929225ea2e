"""Counts of votes as somebody saw them."""

import csv
import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feeds.dates import moment

FILE = "upvote_observations.csv.gz"

# Lists that are made once a week or a month and shown every day: what they repeat is a copy
# of an old count, not a new look.
COPYING = ("weekly", "monthly")


@dataclass(frozen=True, slots=True)
class Look:
    """The votes of a paper when it was looked at."""

    at: datetime
    votes: int


def read(folder: Path) -> dict[str, list[Look]]:
    """The looks at each paper of the folder's observations, in the order of time.

    Raises FileNotFoundError without the file, ValueError for a row that cannot be read.
    """
    with gzip.open(folder / FILE, "rt", newline="") as lines:
        return looks(csv.DictReader(lines))


def looks(rows: Iterable[Mapping[str, str]]) -> dict[str, list[Look]]:
    """The looks at each paper; of several at one moment the highest count.

    A row has `arxiv_id`, `observed_at`, `upvotes` and `source`. Raises ValueError with the
    row's number.
    """
    counts: dict[str, dict[datetime, int]] = {}
    copied: set[tuple[str, str, int]] = set()
    for number, row in enumerate(rows, start=1):
        paper, look, source = _row(number, row)
        if any(word in source for word in COPYING):
            if (paper, source, look.votes) in copied:
                continue
            copied.add((paper, source, look.votes))
        seen = counts.setdefault(paper, {})
        seen[look.at] = max(look.votes, seen.get(look.at, 0))
    return {
        paper: [Look(at, votes) for at, votes in sorted(seen.items())]
        for paper, seen in counts.items()
    }


def _row(number: int, row: Mapping[str, str]) -> tuple[str, Look, str]:
    try:
        return (
            row["arxiv_id"],
            Look(_moment(row["observed_at"]), int(row["upvotes"])),
            row["source"],
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{FILE}, row {number}: {problem}") from problem


def _moment(text: str) -> datetime:
    if at := moment(text):
        return at
    raise ValueError(f"{text!r} is no time")
