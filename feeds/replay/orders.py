"""The orders that are compared: our rankers, and the formulas that others are known for."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from feeds.rankers.base import rankers
from feeds.rankers.rising import rising
from feeds.rankers.scaled import scaled
from feeds.records import Signals

Order = Callable[[Signals, datetime], float]

_HOUR = timedelta(hours=1)


def ours() -> dict[str, Order]:
    return {
        "hot": lambda signals, _: rankers.get("hot").score(signals).value,
        "rising": lambda signals, now: rising.score(signals, now).value,
        "scaled": lambda signals, _: scaled.score(signals).value,
    }


def baselines() -> dict[str, Order]:
    return {
        "Hacker News": lambda signals, now: (
            max(signals.votes - 1, 0) / (_age(signals, now) + 2) ** 1.8
        ),
        "votes / (age + 12 h)": lambda signals, now: signals.votes / (_age(signals, now) + 12),
        "log10(votes) - age / 72 h": lambda signals, now: _log(signals) - _age(signals, now) / 72,
        "Reddit": lambda signals, now: _log(signals) - _age(signals, now) / 12.5,
        "votes": lambda signals, _: float(signals.votes),
        "newest": lambda signals, now: -_age(signals, now),
    }


def _age(signals: Signals, now: datetime) -> float:
    return (now - signals.listed_at) / _HOUR


def _log(signals: Signals) -> float:
    return math.log10(max(signals.votes, 1))
