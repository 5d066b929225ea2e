"""Why a paper stands in a list, as its mail says."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from feeds.query import FeedQuery
from feeds.rankers.base import order_label
from feeds.records import PaperView, Score
from feeds.stored_words import in_readers_words
from feeds.templatetags.papers import ledger

MOST_SUMS = 2_000  # that a worker keeps worded: many editions tell the same of a paper


def why(paper: PaperView, query: FeedQuery) -> str:
    """Why the paper stands in this list, in one line: in words, then as its score adds up."""
    added = _sum(paper.score, query.sort, get_language() or "")
    return "; ".join((*_reasons(paper, query), added))


@lru_cache(MOST_SUMS)
def _sum(score: Score, sort: str, _language: str) -> str:
    """ "trending 869.1754 = 1.5051 (votes plus 5, as log10) + 867.6703 (time, by 60 h)"."""
    *parts, (_label, total) = ledger(score)
    added = " + ".join(f"{number} ({in_readers_words(label)})" for label, number in parts)
    return f"{order_label(sort)} {total} = {added or 0}".replace("+ −", "− ")


def _reasons(paper: PaperView, query: FeedQuery) -> Iterator[str]:
    if paper.note:
        yield in_readers_words(paper.note).rstrip(".")
    if paper.votes:
        yield ngettext("%(votes)d vote", "%(votes)d votes", paper.votes) % {"votes": paper.votes}
    for listing in paper.listings:
        if query.date and query.last_day and query.date <= listing.date <= query.last_day:
            yield gettext("no. %(place)d of %(source)s on %(day)s") % {
                "place": listing.place,
                "source": listing.source,
                "day": _day(listing.date, get_language() or ""),
            }
            break
    for tag in paper.tags:
        if tag.slug in query.tags:
            yield f"{tag.name}: {in_readers_words(tag.why)}" if tag.why else tag.name


@lru_cache(100)
def _day(day: date, _language: str) -> str:
    """Most papers of an edition were listed on the same few days."""
    return date_format(day, "DAY_OF_MONTH")
