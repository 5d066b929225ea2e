"""How well papers answer a question, by its words and by what it means, mixed.

Each half is brought to 0…1 first, so that neither drowns the other: BM25 by the best there is, the
cosines by the least and the greatest, which lie close together. docs/search.md says how well.
"""

from collections.abc import Mapping
from dataclasses import dataclass

DEPTH = 200  # candidates by each half
SHARE_OF_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """A paper that answers: `score` in 0…1 mixes the other two after they were brought there.

    `wording` is the BM25 of its words, 0 where it has none of them; `meaning` the cosine to the
    question, None where no vector tells it.
    """

    paper: int
    score: float
    wording: float
    meaning: float | None


def mixed(wording: Mapping[int, float], meaning: Mapping[int, float]) -> tuple[Answer, ...]:
    """All papers of either, the best answer first; one without a vector stands by its words.

    Where no vector tells anything, equal ones stand as they are given.
    """
    best = max(wording.values(), default=0.0) or 1.0
    if not meaning:
        alone = [Answer(paper, score / best, score, None) for paper, score in wording.items()]
        return tuple(sorted(alone, key=lambda one: -one.score))
    low, high = min(meaning.values(), default=0.0), max(meaning.values(), default=0.0)
    answers = []
    for paper in wording.keys() | meaning.keys():
        by_words = wording.get(paper, 0.0) / best
        cosine = meaning.get(paper)
        by_meaning = by_words if cosine is None else (cosine - low) / ((high - low) or 1.0)
        score = SHARE_OF_WORDS * by_words + (1 - SHARE_OF_WORDS) * by_meaning
        answers.append(Answer(paper, score, wording.get(paper, 0.0), cosine))
    return tuple(sorted(answers, key=lambda one: (-one.score, -one.paper)))
