"""Votes of signed-in readers, and the order that follows them at once."""

from collections.abc import Callable

from django.db import transaction

from feeds.models import PaperStats, Vote
from feeds.scoring import rescore
from feeds.standing import former_ids, standing


def vote(paper_id: int, user_id: int) -> int:
    """Counts the reader's vote, once however often it comes. Returns the votes shown."""

    def give(stats: PaperStats) -> int:
        _, new = Vote.objects.get_or_create(paper_id=stats.paper_id, user_id=user_id)
        return 1 if new else 0

    return _count(paper_id, give)


def unvote(paper_id: int, user_id: int) -> int:
    """Takes the reader's vote back, if there is one. Returns the votes shown."""

    def take(stats: PaperStats) -> int:
        # Also those that the reader gave to papers which are read as this one by now.
        former = Vote.objects.filter(paper__in=former_ids(stats.paper_id), user_id=user_id)
        former.delete()
        gone, _ = Vote.objects.filter(paper_id=stats.paper_id, user_id=user_id).delete()
        return -1 if gone else 0

    return _count(paper_id, take)


def _count(paper_id: int, change: Callable[[PaperStats], int]) -> int:
    """Changes the votes of the paper, or of the one that it was joined to in the meantime."""
    while True:
        with transaction.atomic():
            stats = PaperStats.objects.select_for_update().get(paper_id=paper_id)
            now = standing([paper_id])[paper_id]
            if now == paper_id:
                return _write(stats, change(stats))
        paper_id = now


def _write(stats: PaperStats, change: int) -> int:
    if change:
        stats.votes += change
        rescore(stats)
        stats.save()
    return stats.votes + stats.reported_votes
