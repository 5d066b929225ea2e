"""How many entries a proposed document has, and which of them cannot be used: read to its end."""

import datetime as dt
from collections.abc import Callable
from itertools import islice

from django.db.models import Q, QuerySet
from django.utils import timezone

from feeds.desk.proposing import recognised
from feeds.models import Proposal
from feeds.models.run import SILENCE
from feeds.parsers.base import UnknownFormat
from feeds.records import PaperRecord, Problem

AT_ONCE = 2_000_000  # bytes: so much is read while the curator waits
MOST_PROBLEMS = 1_000
_STEP = 2_000


def count(proposal_id: int, clock: Callable[[], dt.datetime] = timezone.now) -> None:
    """Counts its entries and keeps the first of its problems; a document unread has none.

    Tells of it as it goes on. Stops where the proposal is gone, chosen anew, or counted by
    someone else.
    """
    proposal = _claim(proposal_id, clock())
    if proposal is None:
        return
    try:
        entries = iter(recognised(proposal).entries)
    except UnknownFormat:
        entries = iter(())
    counting = Proposal.objects.filter(pk=proposal_id, counted_at__isnull=True)
    while batch := list(islice(entries, _STEP)):
        _add(proposal, batch)
        last, now = proposal.told_at, clock()
        if not counting.filter(told_at=last).update(told_at=now, **_counted(proposal)):
            return
        proposal.told_at = now
    counting.filter(told_at=proposal.told_at).update(counted_at=clock(), **_counted(proposal))


def uncounted(now: dt.datetime) -> list[int]:
    """The proposals that nobody is counting."""
    return list(_free(now).order_by("id").values_list("id", flat=True))


def _free(now: dt.datetime) -> QuerySet[Proposal]:
    left = Q(told_at__isnull=True) | Q(told_at__lte=now - SILENCE)
    return Proposal.objects.filter(left, counted_at__isnull=True)


def _claim(proposal_id: int, now: dt.datetime) -> Proposal | None:
    free = _free(now).filter(pk=proposal_id)
    if not free.update(told_at=now, entries=0, rejected=0, problems=[]):
        return None
    return Proposal.objects.select_related("document").filter(pk=proposal_id).first()


def _add(proposal: Proposal, batch: list[PaperRecord | Problem]) -> None:
    problems = [[entry.place, entry.reason] for entry in batch if isinstance(entry, Problem)]
    proposal.entries += len(batch)
    proposal.rejected += len(problems)
    proposal.problems += problems[: MOST_PROBLEMS - len(proposal.problems)]


def _counted(proposal: Proposal) -> dict[str, object]:
    return {name: getattr(proposal, name) for name in ("entries", "rejected", "problems")}
