"""The stored scores: what the rankers say of a paper's signals."""

from datetime import datetime
from typing import Protocol

from django.utils import timezone

from feeds.models import PaperStats
from feeds.query import SORTS
from feeds.rankers.base import DEFAULTS, Constants, moving_rankers, rankers
from feeds.records import Score, Signals


class Counted(Protocol):
    """A paper's counts, wherever they were read."""

    @property
    def votes(self) -> int: ...
    @property
    def reported_votes(self) -> int: ...
    @property
    def comments(self) -> int: ...
    @property
    def own_comments(self) -> int: ...
    @property
    def place(self) -> int: ...
    @property
    def first_votes(self) -> int: ...
    @property
    def usual_votes(self) -> float | None: ...
    @property
    def followers(self) -> int | None: ...
    @property
    def listed_at(self) -> datetime: ...
    @property
    def rising_at(self) -> datetime: ...


def signals_of(stats: Counted) -> Signals:
    return Signals(
        votes=stats.votes + stats.reported_votes,
        listed_at=stats.listed_at,
        place=stats.place,
        comments=stats.own_comments + stats.comments,
        first_votes=stats.first_votes,
        usual_votes=stats.usual_votes,
        followers=stats.followers or 0,
    )


def score(stats: Counted, order: str, constants: Constants = DEFAULTS) -> Score:
    """The score in the given order, with its parts. Raises KeyError for an unknown order.

    One that moves is that of the moment at which it was stored: the score that ranked the paper.
    """
    if order in moving_rankers.names():
        return moving_rankers.get(order).score(signals_of(stats), stats.rising_at, constants)
    return rankers.get(order).score(signals_of(stats), constants)


def scores(stats: Counted) -> tuple[tuple[str, Score], ...]:
    """The name of every order with the score in it, as `score` gives it."""
    return tuple((order, score(stats, order)) for order in SORTS)


def rescore(stats: PaperStats, now: datetime | None = None) -> None:
    """Writes every ranker's score into the row, and when it is due again; the caller saves it."""
    now = now or timezone.now()
    signals = signals_of(stats)
    for ranker in rankers.all():
        setattr(stats, ranker.name, ranker.score(signals).value)
    moving = moving_rankers.all()
    for one in moving:
        setattr(stats, one.name, one.score(signals, now).value)
    stats.rising_at = now
    stats.rising_due = min(one.due(signals, now) for one in moving)
