"""How the votes for a paper grew: those of our readers, and those that digests reported."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db.models import Count, Value
from django.db.models.functions import TruncHour

from feeds.models import Vote, VoteReport
from feeds.records import PaperView
from feeds.standing import former_ids

# Hours with votes beyond this are the first of a very long time.
MOST_HOURS = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How many votes there were from `at` on, an hour: our readers', and the most reported."""

    at: datetime
    ours: int
    reported: int

    @property
    def votes(self) -> int:
        return self.ours + self.reported


def votes_over_time(paper: PaperView) -> tuple[Standing, ...]:
    """Each hour in which the votes changed, in order. Held and voided votes count for none.

    No one can tell from it who voted: it tells hours and numbers.
    """
    ours, reported = _kept(paper.id)
    _add_listed(reported, paper)
    found: list[Standing] = []
    given = most = 0
    for at in sorted({*ours, *reported}):
        given += ours.get(at, 0)
        most = max(most, reported.get(at, 0))
        if not found or given + most != found[-1].votes:
            found.append(Standing(at, given, most))
    return tuple(found)


def _kept(paper_id: int) -> tuple[dict[datetime, int], dict[datetime, int]]:
    """Our readers' votes in each hour, and the most that was reported in each, in one query."""
    counted = Vote.objects.counted().filter(paper=paper_id)
    hours = counted.annotate(hour=TruncHour("created_at", tzinfo=UTC)).values("hour")
    ours = hours.annotate(count=Count("id")).values_list("hour", "count", Value(True))
    reports = VoteReport.objects.filter(paper__in=[paper_id, *former_ids(paper_id)])
    rows = ours.union(reports.values_list("at", "votes", Value(False)), all=True)
    given: dict[datetime, int] = {}
    reported: dict[datetime, int] = {}
    for at, votes, own in rows.order_by("hour")[:MOST_HOURS]:
        known = given if own else reported
        known[at] = max(known.get(at, 0), votes)
    return given, reported


def _add_listed(reported: dict[datetime, int], paper: PaperView) -> None:
    """Of the time before reports were kept, what stands in the listings, at their days' ends."""
    first = min(reported, default=None)
    for listing in paper.listings:
        at = datetime.combine(listing.date, time(23), UTC)
        if listing.votes is not None and (first is None or at < first):
            reported[at] = max(reported.get(at, 0), listing.votes)
