"""Whether a paper's neighbours are about the same: do they share its digest's own keywords?"""

import gzip
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest, nsmallest
from math import log2
from pathlib import Path
from typing import Any

import django

from benchmarks.frame import Row, parts, real_data, timed
from benchmarks.parts.tagging import HELD_OUT
from feeds.weighing import Rarity, Weights, rarity, weights

DEPTH = 10
TRIALS = 1_000  # of the paired test by chance
Ranking = Callable[[int], list[int]]


@dataclass(frozen=True)
class Paper:
    text: str
    keywords: frozenset[str]


@dataclass(frozen=True)
class Collection:
    """The papers, how alike each two are by words, and their vectors (rows of length 1)."""

    papers: Sequence[Paper]
    weighed: Sequence[Weights]
    vectors: Any

    def by_meaning(self, place: int) -> dict[int, float]:
        found = self.vectors @ self.vectors[place]
        return {other: float(found[other]) for other in range(len(self.papers)) if other != place}


def collection(folder: Path) -> Collection:
    """The last third of the days, of which nothing was looked at while choosing."""
    import numpy as np  # noqa: PLC0415 (only here)

    from feeds.embedders.base import embedders  # noqa: PLC0415 (needs the settings)

    papers = _papers(folder)
    texts = [paper.text for paper in papers]
    known = sample(texts)
    model = embedders.get("minilm")
    vectors = np.array(model.embed(texts, threads=2))
    model.release()
    return Collection(papers, [weights(text, known) for text in texts], vectors)


def _papers(folder: Path) -> list[Paper]:
    files = sorted((folder / "hf_daily").glob("*.json.gz"))
    found: dict[str, Paper] = {}
    for path in files[int(HELD_OUT * len(files)) :]:
        for item in json.loads(gzip.decompress(path.read_bytes())):
            told = item["paper"]
            words = frozenset(word.lower().strip() for word in told.get("ai_keywords") or [])
            text = f"{told['title']}\n{told.get('summary') or ''}"
            found.setdefault(told["id"], Paper(text, words))
    return list(found.values())


def sample(texts: Sequence[str]) -> Rarity:
    """How rare words are, from as many of the papers as the site itself counts over."""
    from feeds.rarity import SAMPLE  # noqa: PLC0415

    return rarity(texts[-SAMPLE:])


def by_words(weighed: Sequence[Mapping[str, float]]) -> Callable[[int], dict[int, float]]:
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, one in enumerate(weighed):
        for term, weight in one.items():
            holding[term].append((place, weight))

    @cache
    def near(place: int) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for term, weight in weighed[place].items():
            for other, its in holding[term]:
                found[other] += weight * its
        del found[place]
        return found

    return near


def single_words(weighed: Sequence[Weights]) -> list[dict[str, float]]:
    """Plain TF-IDF: the weights of words alone, of length 1 again."""
    made = []
    for one in weighed:
        words = {term: weight for term, weight in one.items() if " " not in term}
        length = sum(weight * weight for weight in words.values()) ** 0.5 or 1.0
        made.append({term: weight / length for term, weight in words.items()})
    return made


def best(near: Mapping[int, float], most: int) -> list[int]:
    return nsmallest(most, near, key=lambda one: (-near[one], one))


def mix(known: Collection, wording: Callable[[int], dict[int, float]]) -> Ranking:
    """As the site does it: the nearest by each, scaled over them, half and half."""
    from feeds.similar import BY_VECTOR, BY_WORDS, mixed  # noqa: PLC0415

    def ranking(place: int) -> list[int]:
        cosines = known.by_meaning(place)
        near = {*best(cosines, BY_VECTOR), *best(wording(place), BY_WORDS)}
        others = {one: known.weighed[one] for one in near}
        found = mixed(known.weighed[place], others, {one: cosines[one] for one in near})
        return [one.paper for one in found[:DEPTH]]

    return ranking


@dataclass(frozen=True)
class Judged:
    """Of each paper with keywords: the share of its first ten that share one, and nDCG@10 with
    the keywords' overlap (Jaccard) as the gain.
    """

    share: list[float]
    gain: list[float]


def judged(papers: Sequence[Paper], ranking: Ranking) -> Judged:
    told = [place for place, paper in enumerate(papers) if paper.keywords]
    share, gain = [], []
    for place in told:
        found = ranking(place)
        overlaps = [overlap(papers[place], papers[one]) for one in found]
        others = (overlap(papers[place], papers[one]) for one in told if one != place)
        best_of_all = discounted(nlargest(DEPTH, others))
        share.append(sum(one > 0 for one in overlaps) / DEPTH)
        gain.append(discounted(overlaps) / best_of_all if best_of_all else 0.0)
    return Judged(share, gain)


def overlap(one: Paper, other: Paper) -> float:
    both = len(one.keywords & other.keywords)
    return both / len(one.keywords | other.keywords) if both else 0.0


def discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place) for place, gain in enumerate(gains, start=2))


def by_chance(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How likely so large a difference were, had each paper's two values been swapped at will."""
    apart = [one - other for one, other in zip(ours, theirs, strict=True) if one != other]
    coins, seen = random.Random(0), abs(sum(apart))
    as_large = sum(
        abs(sum(one if coins.random() < 0.5 else -one for one in apart)) >= seen
        for _ in range(TRIALS)
    )
    return (1 + as_large) / (1 + TRIALS)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


class Similar:
    name = "similar"
    about = "neighbours that share a keyword of their digest (last third of the days, first ten)"

    def measure(self) -> list[Row]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        folder = real_data()
        _settings()
        with timed() as clock:
            known = collection(folder)
            seconds = clock()
        wording, plain = by_words(known.weighed), by_words(single_words(known.weighed))
        ours = judged(known.papers, mix(known, wording))
        rows = []
        for what, ranking in {
            "TF-IDF of words": lambda one: best(plain(one), DEPTH),
            "TF-IDF of words and pairs": lambda one: best(wording(one), DEPTH),
            "MiniLM": lambda one: best(known.by_meaning(one), DEPTH),
        }.items():
            theirs = judged(known.papers, ranking)
            chance = by_chance(ours.share, theirs.share)
            rows += [
                Row("share of the first ten", mean(ours.share), mean(theirs.share),
                    note=f"{what} alone; p {chance:.3f}"),
                Row("nDCG@10, gain by overlap", mean(ours.gain), mean(theirs.gain),
                    note=f"{what} alone"),
            ]  # fmt: skip
        return [*rows, Row("papers embedded", len(known.papers) / seconds, unit="/s")]


def _settings() -> None:
    from config import embedded  # noqa: PLC0415 (as in `benchmarks.ingesting`)

    embedded.ensure()
    django.setup()


parts.register(Similar())
