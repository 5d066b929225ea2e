"""How alike texts are: the cosine of their words' weights, rare words weighing more (TF-IDF)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt

from feeds.taxonomy.flat import flat

HEAVIEST = 80  # words of a text that count


class Likeness:
    """Compares a text with known ones.

    How rare a word is, is counted over the known texts and those `around` them.
    """

    def __init__(self, texts: Sequence[str], around: Iterable[str] = ()) -> None:
        words = [Counter(_words(text)) for text in texts]
        self._texts = len(texts)
        self._holding = Counter(word for one in words for word in one)
        for text in around:
            self._texts += 1
            self._holding.update(set(_words(text)))
        self._places: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, one in enumerate(words):
            for word, weight in self._weights(one).items():
                self._places[word].append((place, weight))

    def nearest(self, text: str, least: float) -> list[tuple[int, float]]:
        """The places of the texts that are at least so much alike (0…1), the likest first."""
        found: dict[int, float] = defaultdict(float)
        for word, weight in self._weights(Counter(_words(text))).items():
            for place, other in self._places.get(word, ()):
                found[place] += weight * other
        near = [(place, min(1.0, much)) for place, much in found.items() if much >= least]
        return sorted(near, key=lambda one: (-one[1], one[0]))

    def _weights(self, words: Counter[str]) -> dict[str, float]:
        """The heaviest words, with weights whose squares sum to 1."""
        weighed = {word: (1 + log(count)) * self._rarity(word) for word, count in words.items()}
        heaviest = sorted(weighed.items(), key=lambda one: (-one[1], one[0]))[:HEAVIEST]
        length = sqrt(sum(weight * weight for _, weight in heaviest))
        return {word: weight / length for word, weight in heaviest} if length else {}

    def _rarity(self, word: str) -> float:
        return log((1 + self._texts) / (1 + self._holding[word]))


def _words(text: str) -> list[str]:
    return [word for word in flat(text).words() if len(word) > 1]
