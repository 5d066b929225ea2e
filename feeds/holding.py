"""Votes that were held, and count now."""

from datetime import datetime

from django.db import transaction

from feeds.models import PaperStats, Vote
from feeds.scoring import rescore

# Papers of one ring of the clock; those that are left over wait for the next.
MOST = 1_000


def count_held(now: datetime) -> int:
    """Counts the votes whose time has come, the longest due first; of how many papers.

    Those of accounts that were switched off meanwhile never count.
    """
    due = Vote.objects.standing().filter(held_until__lte=now, user__is_active=True)
    papers = set(due.order_by("held_until").values_list("paper_id", flat=True)[:MOST])
    for paper_id in papers:
        with transaction.atomic():
            stats = PaperStats.objects.select_for_update().get(paper_id=paper_id)
            freed = due.filter(paper=paper_id).update(held_until=None)
            if freed:
                stats.votes += freed
                rescore(stats, now)
                stats.save()
    return len(papers)
