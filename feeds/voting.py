"""Votes of signed-in readers, and the order that follows them at once."""

from django.db import transaction

from feeds.models import PaperStats, Vote
from feeds.scoring import rescore


@transaction.atomic
def vote(paper_id: int, user_id: int) -> int:
    """Counts the reader's vote, once however often it comes. Returns the votes shown."""
    stats = PaperStats.objects.select_for_update().get(paper_id=paper_id)
    _, new = Vote.objects.get_or_create(paper_id=paper_id, user_id=user_id)
    return _count(stats, 1 if new else 0)


@transaction.atomic
def unvote(paper_id: int, user_id: int) -> int:
    """Takes the reader's vote back, if there is one. Returns the votes shown."""
    stats = PaperStats.objects.select_for_update().get(paper_id=paper_id)
    gone, _ = Vote.objects.filter(paper_id=paper_id, user_id=user_id).delete()
    return _count(stats, -gone)


def _count(stats: PaperStats, change: int) -> int:
    if change:
        stats.votes += change
        rescore(stats)
        stats.save()
    return stats.votes + stats.reported_votes
