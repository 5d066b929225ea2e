"""How the votes for a paper grew: those of our readers, and those that digests reported."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db.models import Count
from django.db.models.functions import TruncHour

from feeds.models import Listing, Vote, VoteReport
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


def votes_over_time(paper_id: int) -> tuple[Standing, ...]:
    """Each hour in which the votes changed, in order. Held and voided votes count for none.

    No one can tell from it who voted: it tells hours and numbers.
    """
    ours, reported = _ours(paper_id), _reported(paper_id)
    found: list[Standing] = []
    given = most = 0
    for at in sorted({*ours, *reported}):
        given += ours.get(at, 0)
        most = max(most, reported.get(at, 0))
        if not found or given + most != found[-1].votes:
            found.append(Standing(at, given, most))
    return tuple(found)


def _ours(paper_id: int) -> dict[datetime, int]:
    counted = Vote.objects.counted().filter(paper=paper_id)
    hours = counted.annotate(hour=TruncHour("created_at", tzinfo=UTC)).values_list("hour")
    return dict(hours.annotate(votes=Count("id")).order_by("hour")[:MOST_HOURS])


def _reported(paper_id: int) -> dict[datetime, int]:
    """Of the time before reports were kept, what stands in the listings, at their days' ends."""
    papers = [paper_id, *former_ids(paper_id)]
    found: dict[datetime, int] = defaultdict(int)
    for at, votes in VoteReport.objects.filter(paper__in=papers).values_list("at", "votes"):
        found[at] = max(found[at], votes)
    first = min(found, default=None)
    listed = Listing.objects.filter(paper=paper_id, votes__isnull=False)
    for day, votes in listed.values_list("date", "votes"):
        at = datetime.combine(day, time(23), UTC)
        if first is None or at < first:
            found[at] = max(found[at], votes or 0)
    return dict(found)
