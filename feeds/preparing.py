"""Kept papers prepared anew, batch by batch, each in a transaction of its own."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from feeds.copying import update_rows
from feeds.models import Paper
from feeds.prepare import Prepared, prepare
from feeds.writing import lock_papers

BATCH = 500
_COLUMNS = tuple(Prepared.__dataclass_fields__)


def prepare_all() -> tuple[int, int]:
    """How many papers there are, and how many read otherwise since. A killed run goes on from
    the start, and writes only what it has not written.
    """
    done = changed = last = 0
    while batch := _batch(last):
        done, last = done + len(batch[0]), batch[0][-1]
        changed += batch[1]
    return done, changed


@transaction.atomic
def _batch(after: int) -> tuple[list[int], int] | None:
    """The ids of the next papers, and how many of them changed; None where there are none."""
    lock_papers()
    rows = Paper.objects.filter(pk__gt=after).order_by("pk").only("title", "abstract", *_COLUMNS)
    papers = list(rows[:BATCH])
    new = [(paper, asdict(prepare(paper.title, paper.abstract))) for paper in papers]
    other = [
        (paper.pk, timezone.now(), *words.values())
        for paper, words in new
        if any(getattr(paper, name) != text for name, text in words.items())
    ]
    update_rows(Paper, ["id", "changed_at", *_COLUMNS], other)
    return ([paper.pk for paper in papers], len(other)) if papers else None
