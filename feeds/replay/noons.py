"""The days of the past: at each noon, what was known, and what the next day brought."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from feeds.records import Signals
from feeds.replay.looks import Look
from feeds.replay.usual import usual_votes

WINDOW = timedelta(days=7)
FRESH = timedelta(hours=24)
AHEAD = timedelta(hours=24)
LEAST = 30

Looks = Mapping[str, Sequence[Look]]
Tags = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper as it was known at a noon, and the votes that it gained after it."""

    paper: str
    signals: Signals
    gain: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noon:
    at: datetime
    candidates: tuple[Candidate, ...]


def noons(looks: Looks, tags: Tags) -> Iterator[Noon]:
    """Each noon (UTC) at which at least `LEAST` papers can be judged, in order.

    A noon's papers were first seen within `WINDOW` before it and looked at within `FRESH`;
    their votes are those of that look. A paper's gain is what the first look that is at least
    `AHEAD` after the noon shows more; a paper that nobody saw again gained nothing.
    """
    arrivals = sorted((seen[0].at, paper) for paper, seen in looks.items())
    for at in _noons(arrivals[0][0], max(seen[-1].at for seen in looks.values())):
        found = _candidates(looks, _papers(arrivals, at - WINDOW, at), at)
        if len(found) >= LEAST and any(one.gain for one in found):
            usual = usual_votes(looks, tags, arrivals, at)
            yield Noon(at, tuple(_tagged(one, tags, usual) for one in found))


def _noons(first: datetime, last: datetime) -> Iterator[datetime]:
    at = datetime.combine(first.astimezone(UTC), time(12), UTC)
    while at <= last:
        yield at
        at += timedelta(days=1)


def _papers(arrivals: Sequence[tuple[datetime, str]], after: datetime, at: datetime) -> list[str]:
    start = bisect_left(arrivals, (after, ""))
    end = bisect_right(arrivals, at, key=lambda arrival: arrival[0])
    return [paper for _, paper in arrivals[start:end]]


def _candidates(looks: Looks, papers: Sequence[str], at: datetime) -> list[Candidate]:
    found = []
    for paper in papers:
        seen = looks[paper]
        known = seen[bisect_right(seen, at, key=_at) - 1]
        if at - known.at <= FRESH:
            signals = Signals(known.votes, seen[0].at, first_votes=seen[0].votes)
            found.append(Candidate(paper, signals, _gain(seen, known, at)))
    return found


def _gain(seen: Sequence[Look], known: Look, at: datetime) -> int:
    later = bisect_left(seen, at + AHEAD, key=_at)
    return max(seen[later].votes - known.votes, 0) if later < len(seen) else 0


def _tagged(one: Candidate, tags: Tags, usual: Mapping[str, float]) -> Candidate:
    signals = replace(one.signals, usual_votes=usual.get(one.paper))
    return replace(one, signals=signals, tags=tuple(tags.get(one.paper, ())))


def _at(look: Look) -> datetime:
    return look.at
