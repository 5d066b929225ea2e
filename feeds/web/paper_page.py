"""What a paper's page shows beside the paper and what is said of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from feeds.followed import stand
from feeds.provenance import Word, other_names, provenance
from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.voted_over_time import votes_over_time
from feeds.web.cards import paper_card
from feeds.web.cited import citations, files_of
from feeds.web.described import card_tags, citation_tags, linked_data
from feeds.web.drawn_votes import draw_votes


@dataclass(frozen=True, slots=True)
class Telling:
    """What one digest told of the paper: `fields` is a list of them in words."""

    source: str
    date: dt.date
    format: str
    fields: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The papers that are like one, as a list to follow, and whether the reader does."""

    to_follow: str
    followed: bool


def neighbourhood(paper: PaperView, reader: int | None) -> Neighbourhood:
    query = FeedQuery(similar=paper.key, period="all")
    return Neighbourhood(str(query), stand(query, reader).followed)


def about(paper: PaperView) -> dict[str, Any]:
    """The parts of the page, by the names that its template has for them."""
    return {
        "citations": citations(paper),
        "files": files_of(paper),
        "permalink": settings.SITE_URL + paper.path,
        "tellings": _tellings(provenance(paper.id)),
        "other_names": other_names(paper),
        "drawn": draw_votes(votes_over_time(paper)),
        "citation_tags": citation_tags(paper),
        "card_tags": card_tags(paper_card(paper)),
        "linked_data": linked_data(paper),
    }


def _tellings(words: Iterable[Word]) -> list[Telling]:
    by_digest: dict[int, list[Word]] = {}
    for word in words:
        by_digest.setdefault(word.digest_id, []).append(word)
    return [
        Telling(told[0].source, told[0].date, told[0].format, ", ".join(one.field for one in told))
        for told in by_digest.values()
    ]
