"""The stored scores: what the rankers say of a paper's signals."""

from feeds.models import PaperStats
from feeds.rankers.base import rankers
from feeds.records import Score, Signals


def signals_of(stats: PaperStats) -> Signals:
    return Signals(
        votes=stats.votes + stats.reported_votes,
        listed_at=stats.listed_at,
        place=stats.place,
        comments=stats.own_comments + stats.comments,
    )


def score(stats: PaperStats, order: str) -> Score:
    """The score in the given order, with its parts. Raises KeyError for an unknown order."""
    return rankers.get(order).score(signals_of(stats))


def rescore(stats: PaperStats) -> None:
    """Writes every ranker's score into the row; the caller saves it."""
    for ranker in rankers.all():
        setattr(stats, ranker.name, ranker.score(signals_of(stats)).value)
