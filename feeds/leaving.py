"""What goes with a person whose account is deleted, and is not theirs alone: their votes."""

from django.db import transaction
from django.db.models import Count

from feeds.models import PaperStats, Vote
from feeds.rankers.base import moving_rankers, rankers
from feeds.scoring import rescore
from feeds.writing import lock_papers

_AT_ONCE = 500
_COLUMNS = ["votes", "rising_at", "rising_due"]


@transaction.atomic
def take_votes_out(person: int) -> int:
    """Deletes the person's votes and counts those of the papers anew; how many papers changed."""
    # While no joining moves votes from one paper to another.
    lock_papers()
    votes = Vote.objects.filter(user=person)
    papers = sorted(votes.counted().values_list("paper_id", flat=True))
    rows = PaperStats.objects.filter(paper__in=papers).order_by("paper_id")
    stats = list(rows.select_for_update())
    votes.delete()
    left = Vote.objects.counted().filter(paper__in=papers).order_by().values("paper_id")
    counts = dict(left.annotate(votes=Count("id")).values_list("paper_id", "votes"))
    for row in stats:
        row.votes = counts.get(row.paper_id, 0)
        rescore(row)
    orders = [*rankers.names(), *moving_rankers.names()]
    PaperStats.objects.bulk_update(stats, [*_COLUMNS, *orders], batch_size=_AT_ONCE)
    return len(stats)
