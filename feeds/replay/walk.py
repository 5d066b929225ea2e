"""The whole walk: every order on every noon, and how ours compare with the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import fmean

from feeds.replay.judging import chance, crowding, ndcg, spearman
from feeds.replay.looks import Look, read
from feeds.replay.noons import Noon, noons
from feeds.replay.orders import Order, baselines, ours
from feeds.replay.topics import read_topics

# The constants of the rankers were chosen on the noons before; those after judge.
CHOSEN_ON = 2 / 3

# nDCG of all noons, of those chosen on, of those that judge; then of all noons Spearman, and
# the part of the first places that carries the same tag.
FIGURES = ("ndcg", "chosen_on", "judged", "spearman", "crowding")


@dataclass(frozen=True)
class Standing:
    """How one order did at each noon."""

    name: str
    ndcg: tuple[float, ...]
    spearman: tuple[float, ...]
    crowding: tuple[float, ...]


@dataclass(frozen=True)
class Comparison:
    """By how much an order is better than another on the noons that judge, and the chance."""

    other: str
    better: float
    chance: float


@dataclass(frozen=True)
class Walk:
    """The noons that were walked, in order; `judged_from` is the first that judges."""

    moments: tuple[datetime, ...]
    papers: float
    standings: Mapping[str, Standing]

    @property
    def judged_from(self) -> int:
        return int(CHOSEN_ON * len(self.moments))

    def figures(self, name: str) -> dict[str, float]:
        """What `FIGURES` names, in that order."""
        one, cut = self.standings[name], self.judged_from
        parts = (one.ndcg, one.ndcg[:cut], one.ndcg[cut:], one.spearman, one.crowding)
        return dict(zip(FIGURES, map(fmean, parts), strict=True))

    def compare(self, name: str, other: str) -> Comparison:
        """`name` with `other`, paired by noon, on the noons that judge."""
        mine, theirs = self.standings[name].ndcg, self.standings[other].ndcg
        pairs = list(zip(mine, theirs, strict=True))[self.judged_from :]
        differences = [a - b for a, b in pairs]
        return Comparison(other, fmean(differences), chance(differences))


def walk_folder(folder: Path) -> Walk:
    """Walks the observations of a folder of real data. Raises FileNotFoundError, ValueError."""
    return walk(read(folder), read_topics(folder))


def walk(looks: Mapping[str, Sequence[Look]], tags: Mapping[str, Sequence[str]]) -> Walk:
    """Ranks each noon by every order. Raises ValueError where fewer than 3 noons can be judged."""
    days = list(noons(looks, tags)) if looks else []
    if len(days) < 3:
        raise ValueError(f"{len(days)} noons can be judged, and 3 are the least")
    orders = ours() | baselines()
    return Walk(
        moments=tuple(day.at for day in days),
        papers=fmean(len(day.candidates) for day in days),
        standings={name: _standing(name, order, days) for name, order in orders.items()},
    )


def _standing(name: str, order: Order, days: Sequence[Noon]) -> Standing:
    judged = [_judge(order, day) for day in days]
    return Standing(name, *zip(*judged, strict=True))


def _judge(order: Order, day: Noon) -> tuple[float, float, float]:
    scores = [order(one.signals, day.at) for one in day.candidates]
    gains = [one.gain for one in day.candidates]
    tags = [one.tags for one in day.candidates]
    return ndcg(scores, gains), spearman(scores, gains), crowding(scores, tags)
