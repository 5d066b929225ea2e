"""What a feed's curators decided of papers, and how it is kept.

What is decided on a day holds for the feed as a whole (`Placing`); what is decided for a week's or
month's edition holds for that one alone (`PeriodPlacing`). `at` is the edition's question.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from feeds.models import PeriodPlacing, Placing
from feeds.query import FeedQuery


class Decision(NamedTuple):
    """What was decided of a paper, as it is kept in an act."""

    verdict: str
    date: str
    pin: int | None = None
    why: str = ""


Decisions = Mapping[int, Decision | None]


def decided(feed_id: int, at: FeedQuery) -> QuerySet[Any]:
    """All that was decided of the feed's papers, as far as it holds for this edition."""
    if at.period == "day":
        return Placing.objects.filter(feed=feed_id)
    rows = PeriodPlacing.objects.filter(feed=feed_id, period=at.period)
    return rows.filter(date=at.date) if at.date else rows.none()


def decisions(feed_id: int, at: FeedQuery, papers: Iterable[int]) -> dict[int, Decision | None]:
    """What was decided of each of these papers; None where nothing was."""
    found: dict[int, Decision | None] = dict.fromkeys(papers)
    for row in decided(feed_id, at).filter(paper__in=found):
        found[row.paper_id] = Decision(row.verdict, row.date.isoformat(), row.pin, row.why)
    return found


def decide(feed_id: int, at: FeedQuery, wanted: Decisions, by: int) -> None:
    """Writes these decisions; None takes one back."""
    rows = decided(feed_id, at)
    rows.filter(paper__in=[paper for paper, row in wanted.items() if row is None]).delete()
    alone = {} if at.period == "day" else {"period": at.period}
    key, more = (["period", "date"], []) if alone else ([], ["date"])
    made = [
        rows.model(
            feed_id=feed_id,
            paper_id=paper,
            verdict=decision.verdict,
            date=dt.date.fromisoformat(decision.date),
            pin=decision.pin,
            why=decision.why,
            made_by_id=by,
            **alone,
        )
        for paper, decision in wanted.items()
        if decision
    ]
    rows.model.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["feed", "paper", *key],
        update_fields=["verdict", "pin", "why", "made_by", "made_at", *more],
    )


def as_json(wanted: Decisions) -> dict[str, Any]:
    rows = {str(paper): list(row) if row else None for paper, row in wanted.items()}
    return {"papers": rows}


def pinned(feed_id: int, at: FeedQuery) -> list[int]:
    """The papers that stand first in the edition, in their order; dropped ones come last."""
    rows = placed(feed_id, at).filter(pin__isnull=False)
    columns = rows.values_list("paper_id", "pin", "paper__dropped_at")
    found = sorted((gone is not None, place or 0, paper) for paper, place, gone in columns)
    return [paper for _, _, paper in found]


def placed(feed_id: int, at: FeedQuery) -> QuerySet[Any]:
    """What was put into this edition, pinned or not."""
    return decided(feed_id, at).filter(verdict=Placing.Verdict.PLACED, date=at.date)


def dropped(feed_id: int, at: FeedQuery) -> QuerySet[Any]:
    """What was dropped at this edition's desk."""
    return decided(feed_id, at).filter(verdict=Placing.Verdict.DROPPED, date=at.date)
