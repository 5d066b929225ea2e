"""The order of a reader's papers: by their taste, then for breadth, with a little to find out.

Of the first papers by taste the very best keep their places, and the rest of a page are chosen to
cover what those are about (feeds/selection.py). One in ten is a paper beside what the reader
usually reads, chosen by chance: the same for the same reader on the same day.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feeds.selection import Candidate, choose

BEST, COVERING, AMONG = 5, 20, 40
EXPLORE_EVERY = 10
MOST_EXPLORED = 10


@dataclass(frozen=True, slots=True)
class Ordered:
    """The ids of papers in a reader's order, and which of them stand there to find out more."""

    papers: tuple[int, ...] = ()
    explored: frozenset[int] = frozenset()


def by_taste(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda paper: (-scores[paper], -paper))


def for_breadth(
    ranked: Sequence[int],
    scores: Mapping[int, float],
    topics: Mapping[int, Mapping[int, float]],
) -> list[int]:
    """The papers with the first `COVERING` chosen among the first `AMONG` for what they cover."""
    first = ranked[:AMONG]
    candidates = [Candidate(paper, scores[paper], topics.get(paper, {})) for paper in first]
    chosen = set(choose(candidates, COVERING, given=first[:BEST]))
    front = [paper for paper in first if paper in chosen]
    return front + [paper for paper in ranked if paper not in chosen]


def with_some_explored(ranked: Sequence[int], person: int, day: dt.date) -> Ordered:
    """Puts a paper from further down at every tenth place."""
    start = max(EXPLORE_EVERY, min(AMONG, len(ranked) // 2))
    most = min(MOST_EXPLORED, len(ranked) // EXPLORE_EVERY)
    drawn = sorted(ranked[start:], key=lambda paper: _draw(person, day, paper))[:most]
    explored = frozenset(drawn)
    papers = [paper for paper in ranked if paper not in explored]
    for number, paper in enumerate(drawn, start=1):
        papers.insert(number * EXPLORE_EVERY - 1, paper)
    return Ordered(tuple(papers), explored)


def _draw(person: int, day: dt.date, paper: int) -> bytes:
    return hashlib.blake2b(f"{person} {day} {paper}".encode(), digest_size=8).digest()
