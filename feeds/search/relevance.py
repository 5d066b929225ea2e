"""Why a paper stands where it does in the order of relevance."""

from collections.abc import Sequence
from dataclasses import replace

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
    return tuple(
        replace(one, score=score(ranking.answers[one.id], ranking))
        if one.id in ranking.answers
        else one
        for one in papers
    )


def score(answer: Answer, ranking: Ranking) -> Score:
    """Its parts: how well the words answer, and how near the meaning is."""
    share = SHARE_OF_WORDS if answer.meaning is not None else 1.0
    by_words = min(answer.score, share * answer.wording / (ranking.best_wording or 1.0))
    parts = [Part(_("the words (BM25 %(bm25).1f)") % {"bm25": answer.wording}, by_words)]
    if answer.meaning is not None:
        said = _("the meaning (closeness %(cosine).2f)") % {"cosine": answer.meaning}
        parts.append(Part(said, answer.score - by_words))
    elif answer.score > by_words or ranking.by_meaning:
        parts.append(Part(_("the meaning (not compared)"), answer.score - by_words))
    return Score(tuple(parts))
