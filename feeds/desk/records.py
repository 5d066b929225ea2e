"""What the curators' pages show: frozen records, no database behind them."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from feeds.models import Run
from feeds.models.run import SILENCE
from feeds.parsers.base import parsers

State = Literal["waiting", "running", "left", "broken", "done"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a digest, as it stood at the moment it was looked at.

    `left` says that nothing was heard of it for long; a worker will begin it again. `rate` is
    entries a second, `seconds_left` an estimate; both None where they are not known.
    """

    id: int
    state: State
    parser: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    done: int
    total: int | None
    new: int
    updated: int
    unchanged: int
    rejected: int
    error: str
    rate: float | None = None
    seconds_left: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "running", "left")


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A digest in a list. `reading` is the latest; None where it came before these were kept."""

    id: int
    source: str
    source_slug: str
    date: dt.date
    name: str
    parser: str
    format: str
    came_at: dt.datetime
    rejected: int
    whole: bool
    size: int
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper's place in a digest: 1 is first."""

    place: int
    title: str
    key: str
    authors: tuple[str, ...]
    dropped: bool


@dataclass(frozen=True, slots=True)
class AsideLine:
    """An entry that was put aside, with the digest that it stands in."""

    id: int
    place: str
    reason: str
    digest_id: int
    source: str
    date: dt.date
    format: str


def reading_of(run: Run, now: dt.datetime) -> Reading:
    done = run.new + run.updated + run.unchanged + run.rejected
    state = _state(run, now)
    rate = _rate(run, done) if state == "running" else None
    rest = run.total - done if run.total else None
    return Reading(
        run.pk,
        state,
        run.parser,
        run.asked_at,
        run.ended_at,
        done,
        run.total,
        run.new,
        run.updated,
        run.unchanged,
        run.rejected,
        run.error,
        rate,
        max(0, round(rest / rate)) if rate and rest is not None else None,
    )


def format_of(parser: str) -> str:
    """The format that a parser reads, in words; its name where there is no such parser now."""
    return parsers.get(parser).label if parser in parsers.names() else parser


def _state(run: Run, now: dt.datetime) -> State:
    if run.ended_at:
        return "broken" if run.error else "done"
    if run.told_at is None:
        return "waiting"
    return "running" if now - run.told_at < SILENCE else "left"


def _rate(run: Run, done: int) -> float | None:
    if not (run.started_at and run.told_at and done):
        return None
    seconds = (run.told_at - run.started_at).total_seconds()
    return done / seconds if seconds > 0 else None
