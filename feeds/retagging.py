"""Papers that are kept are tagged anew: by a better taxonomy, and by what curators said since.

Only tags that follow from the text come and go so; the categories and keywords that a digest
told are in its document, and come anew when that is read again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from feeds.examples import known_examples
from feeds.models import Paper, PaperTag
from feeds.models.paper import PaperQuerySet
from feeds.records import PaperRecord
from feeds.taggers import neighbour
from feeds.tagging import Tagged, write_tags
from feeds.writing import lock_papers

BATCH = 100  # so that others who write papers wait for half a second at most
RECENT = timedelta(days=14)  # for so long papers are looked at again, as curators go on

Progress = Callable[[int, int], None]


def _ignore(_done: int, _changed: int) -> None:
    """Tells no one."""


def retag(papers: PaperQuerySet, progress: Progress = _ignore) -> tuple[int, int]:
    """Tags these papers anew; how many there were, and how many carry other tags now.

    `progress` is told both after each batch, which is written whole or not at all. Papers that
    are dropped stay as they are.
    """
    done = changed = last = 0
    with neighbour.taught(known_examples()):
        while batch := _tagged(papers.visible().filter(id__gt=last).order_by("id")):
            done, changed = done + len(batch[0]), changed + len(batch[1])
            last = batch[0][-1]
            progress(done, changed)
    return done, changed


def retag_named(slug: str) -> None:
    """Tags the papers anew that carry this tag."""
    retag(Paper.objects.tagged(slug))


def learn(now: datetime) -> None:
    """Tags the papers of late anew, where curators gave tags from which there is to learn."""
    taught = PaperTag.objects.filter(tagger__in=(neighbour.CURATOR, neighbour.NAME))
    if taught.exists():
        retag(Paper.objects.listed((now - RECENT).date(), None))


@transaction.atomic
def _tagged(papers: PaperQuerySet) -> tuple[list[int], set[int]] | None:
    """The ids of the first of the papers, in their order, and of those that changed."""
    lock_papers()
    rows = list(papers.values_list("id", "title", "abstract")[:BATCH])
    changed = write_tags(
        [
            Tagged(paper_id, PaperRecord(title=title, abstract=abstract), rewritten=True)
            for paper_id, title, abstract in rows
        ]
    )
    return ([paper_id for paper_id, _, _ in rows], changed) if rows else None
