"""A curator's word that votes do not count, and the word that they do after all."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from feeds.carrying import count_votes
from feeds.models import PaperStats, Voiding, Vote
from feeds.tex.clean import one_line, strip_controls
from feeds.writing import lock_papers


class CannotVoid(ValueError):
    """It was not done; the text says why."""


@transaction.atomic
def void(votes: Collection[int], *, by: int | None, why: str, now: datetime) -> int:
    """Lets these votes count no more, at once; how many. Raises CannotVoid.

    They stay, so that their readers cannot give them a second time.
    """
    reason = _reason(why)
    # While no joining moves votes from one paper to another.
    lock_papers()
    found = Vote.objects.standing().filter(pk__in=votes)
    stats = _held_fast(found.values_list("paper_id", flat=True))
    voiding = Voiding.objects.create(why=reason, made_by_id=by, made_at=now)
    voided = found.update(voiding=voiding)
    if not voided:
        raise CannotVoid(_("None of these votes stands any more."))
    count_votes(stats)
    return voided


@transaction.atomic
def restore(voiding_id: int, *, by: int | None, why: str, now: datetime) -> int:
    """Lets the votes of a voiding count again; how many. Those still held stay held.

    Raises CannotVoid, also where they were restored before or there is no such voiding.
    """
    reason = _reason(why)
    lock_papers()
    voiding = Voiding.objects.select_for_update().filter(pk=voiding_id).first()
    if voiding is None or voiding.restored_at:
        raise CannotVoid(_("These votes count again already."))
    found = Vote.objects.filter(voiding=voiding)
    stats = _held_fast(found.values_list("paper_id", flat=True))
    found.filter(held_until__lte=now).update(held_until=None)
    restored = found.update(voiding=None)
    count_votes(stats)
    voiding.restored_why, voiding.restored_by_id, voiding.restored_at = reason, by, now
    voiding.save()
    return restored


def _reason(why: str) -> str:
    if not (reason := one_line(strip_controls(why))[:300]):
        raise CannotVoid(_("Say why, in a few words for other curators."))
    return reason


def _held_fast(papers: Iterable[int]) -> list[PaperStats]:
    """The papers' numbers, which no vote changes until the transaction's end."""
    rows = PaperStats.objects.filter(paper__in=set(papers)).order_by("paper_id")
    return list(rows.select_for_update())
