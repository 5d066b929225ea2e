"""How many comments of our readers a paper has: counted anew whenever one comes or goes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from feeds.models import Comment, PaperStats
from feeds.scoring import rescore
from feeds.standing import former_ids, standing


@contextmanager
def counting(paper_id: int) -> Iterator[None]:
    """A transaction that holds the numbers of the paper as which this one is read, and counts
    its comments at the end."""
    now = paper_id
    while True:
        with transaction.atomic():
            stats = PaperStats.objects.select_for_update().get(paper_id=now)
            held, now = now, standing([paper_id])[paper_id]
            if held == now:
                yield
                _count(stats)
                return


def count_comments(papers: Iterable[int]) -> None:
    """Counts the comments of each of these papers, with those of papers that are read as it."""
    rows = PaperStats.objects.filter(paper__in=set(papers)).order_by("paper_id")
    for stats in rows.select_for_update():
        _count(stats)


def _count(stats: PaperStats) -> None:
    papers = [stats.paper_id, *former_ids(stats.paper_id)]
    shown = Comment.objects.filter(
        paper__in=papers, state=Comment.State.SHOWN, deleted_at__isnull=True
    ).count()
    if shown != stats.own_comments:
        stats.own_comments = shown
        rescore(stats)
        stats.save()
