"""A curator's word that two papers are one work, and the same word taken back.

A joining is undone to the letter: both papers are what they would be had they never been
joined. What digests said since is told again, each entry to the paper that it names; votes and
tags that people gave since stay with the paper that they were given to.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from feeds.before import free_key, restore, restore_versions
from feeds.carrying import (
    count_votes,
    lock_stats,
    return_listings,
    return_names,
    return_votes,
    take_in,
)
from feeds.carrying_kept import return_kept
from feeds.carrying_placings import return_placings
from feeds.carrying_tags import return_tags
from feeds.comment_counts import count_comments
from feeds.gist_words import settle_gist
from feeds.models import Joining, Paper
from feeds.retelling import Told, Unreadable, names_of, read_since, told_by
from feeds.standing import standing
from feeds.tex.clean import strip_controls
from feeds.writing import lock_papers


class CannotJoin(ValueError):
    """The joining, or its undoing, makes no sense; the text says why and what to do."""


class Unknown(LookupError):
    """There is no such joining."""


@transaction.atomic
def join(kept: int, absorbed: int, *, by: int | None, why: str, now: datetime) -> Joining:
    """Reads the paper `absorbed` as the paper `kept` from now on, with all that it has.

    `by` is the curator's id. Raises CannotJoin where both are one already, or one is not shown.
    """
    lock_papers()
    stands = standing((kept, absorbed))
    pair = Paper.objects.visible().in_bulk(stands.values())
    if len(pair) < len(set(stands.values())):
        raise CannotJoin(_("One of them is dropped or unknown. Restore it first."))
    if len(pair) < 2:
        raise CannotJoin(_("These are one paper already."))
    joining = Joining.objects.create(
        kept=pair[stands[kept]],
        absorbed=pair[stands[absorbed]],
        why=strip_controls(why)[:300],
        made_by_id=by,
        made_at=now,
    )
    take_in(joining)
    count_comments([joining.kept_id])
    return joining


@transaction.atomic
def undo(joining_id: int, *, by: int | None, now: datetime) -> None:
    """Takes a joining back. One that was taken back before stays so.

    Raises CannotJoin where the kept paper was itself joined to another since, and Unknown.
    """
    lock_papers()
    joining = Joining.objects.select_related("kept", "absorbed").filter(pk=joining_id).first()
    if joining is None:
        raise Unknown
    if joining.undone_at:
        return
    if standing([joining.kept_id])[joining.kept_id] != joining.kept_id:
        raise CannotJoin(
            _("The paper was itself joined to another since. Undo that joining first.")
        )
    # What was joined to the same paper later was joined to what this one had made of it.
    later = list(
        Joining.objects.filter(kept=joining.kept_id, undone_at__isnull=True, id__gt=joining_id)
        .select_related("kept", "absorbed")
        .order_by("id")
    )
    for other in reversed(later):
        _give_back(other)
    _give_back(joining)
    joining.undone_at, joining.undone_by_id = now, by
    joining.save()
    for other in later:
        take_in(other)
    count_comments([joining.kept_id, joining.absorbed_id])


def _give_back(joining: Joining) -> None:
    stats = lock_stats(joining)
    kept, absorbed = joining.kept, joining.absorbed
    told, left = _told_since(joining)
    summary = _written_since(joining, told)
    return_votes(joining)
    return_names(joining)
    return_placings(joining)
    return_kept(joining)
    return_listings(joining, {one.digest.pk for one in told}, left)
    restore_versions(joining.before, kept)
    restore(joining.before, kept, stats[kept.pk])
    kept.key = free_key(kept.key, kept)
    kept.save()
    absorbed.key, absorbed.dropped_at = free_key(joining.absorbed_key, absorbed), None
    absorbed.save()
    count_votes(stats.values())
    return_tags(joining)
    for one in told:
        one.of({kept.pk, absorbed.pk}).write()
    if summary:
        Paper.objects.filter(pk=kept.pk).update(summary=summary)
    settle_gist(kept.pk)


def _told_since(joining: Joining) -> tuple[list[Told], set[int]]:
    """What digests said of both since, and the ids of those that cannot be read again."""
    pair = (joining.kept_id, joining.absorbed_id)
    names = names_of(pair)
    told: list[Told] = []
    left: set[int] = set()
    for digest in read_since(joining):
        try:
            told.append(told_by(digest, names))
        except Unreadable:
            left.add(digest.pk)
    return told, left


def _written_since(joining: Joining, told: list[Told]) -> str:
    """The summary, where neither paper nor any digest said it: a curator did."""
    said = {joining.before["paper"]["summary"], joining.absorbed.summary}
    said |= {one.record.summary for digest in told for _, one in digest.entries}
    return "" if joining.kept.summary in said else joining.kept.summary
