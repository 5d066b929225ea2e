"""Why a paper stands where it does in the order of relevance."""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.query import FeedQuery
from feeds.records import PaperView, Part, Score
from feeds.search import copies
from feeds.search.mixing import SHARE_OF_WORDS, Answer
from feeds.search.ranking import Ranking

NO_INDEX = gettext_noop("Sorted by date: the index of words is being built.")


def notice(query: FeedQuery) -> str:
    """What is said where a question could not be answered in this order; "" where it could."""
    return _(NO_INDEX) if query.by_relevance and copies.searcher() is None else ""


def answered(papers: Sequence[PaperView], ranking: Ranking) -> tuple[PaperView, ...]:
    """The papers, each with the score by which it answers."""
    said = _Said(_("the words (BM25 %(bm25).1f)"), _("the meaning (closeness %(cosine).2f)"),
                 _("the meaning (not compared)"))  # fmt: skip
    return tuple([_with_score(one, ranking, said) for one in papers])


class _Said(NamedTuple):
    """What the parts of a score are called, in the reader's language."""

    words: str
    meaning: str
    not_compared: str


def _with_score(paper: PaperView, ranking: Ranking, said: _Said) -> PaperView:
    answer = ranking.answers.get(paper.id)
    if answer is None:
        return paper
    values = list(_VALUES(paper))
    values[_SCORE] = _score(answer, ranking, said)
    return PaperView(*values)


def _score(answer: Answer, ranking: Ranking, said: _Said) -> Score:
    """Its parts: how well the words answer, and how near the meaning is."""
    share = SHARE_OF_WORDS if answer.meaning is not None else 1.0
    by_words = min(answer.score, share * answer.wording / (ranking.best_wording or 1.0))
    parts = [Part(said.words % {"bm25": answer.wording}, by_words)]
    if answer.meaning is not None:
        label = said.meaning % {"cosine": answer.meaning}
        parts.append(Part(label, answer.score - by_words))
    elif answer.score > by_words or ranking.by_meaning:
        parts.append(Part(said.not_compared, answer.score - by_words))
    return Score(tuple(parts))


# dataclasses.replace does the same in a multiple of the time.
_NAMES = [one.name for one in fields(PaperView)]
_VALUES = attrgetter(*_NAMES)
_SCORE = _NAMES.index("score")
