"""Readers say that they are an author of a paper, and curators or moderators decide.

waiting → accepted or declined, which can be taken back; withdrawn by the reader at any time.
All raise CannotClaim, and then changed nothing. docs/people.md tells the rules in words.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from feeds.authors import author_key
from feeds.models import Claim, Paper
from feeds.pen_names import pen_name
from feeds.standing import former_ids, standing
from feeds.tex.clean import one_line, strip_controls

MOST_A_DAY = 10
LONGEST_WHY = 500
_State = Claim.State


class CannotClaim(ValueError):
    """What was asked for cannot be done; the text says why and what to do."""


class TooOften(CannotClaim):
    """The person has claimed as much as one may in a day."""


@transaction.atomic
def claim(paper_id: int, author: str, *, by: int, now: datetime, why: str = "") -> int:
    """Takes a reader's word that `author`, a name on the paper, is theirs; the claim's id.

    A second one for the same name by the same person is the first one.
    """
    if not pen_name(by):
        raise CannotClaim(_("Choose the name that others see: the paper leads to its page."))
    if author not in _paper(paper_id).authors:
        raise CannotClaim(_("Choose one of the names on the paper."))
    _hold(by)
    mine = Claim.objects.filter(user=by)
    standing_one = mine.filter(paper__in=_as_read(paper_id), state__in=Claim.STANDING).first()
    if standing_one and standing_one.author == author:
        return standing_one.pk
    if standing_one:
        raise CannotClaim(
            _("You said that you are %(author)s. Withdraw that first.")
            % {"author": standing_one.author}
        )
    if mine.filter(made_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooOften(
            _("%(most_a_day)s papers a day, please. Claim this one tomorrow.")
            % {"most_a_day": MOST_A_DAY}
        )
    made = Claim.objects.create(
        user_id=by,
        paper_id=paper_id,
        author=author,
        author_key=author_key(author),
        why=one_line(strip_controls(why))[:LONGEST_WHY],
        made_at=now,
    )
    return made.pk


@transaction.atomic
def withdraw(paper_id: int, *, by: int) -> None:
    """Takes back what the reader claimed of the paper, decided or not."""
    mine = Claim.objects.filter(user=by, paper__in=_as_read(paper_id), state__in=Claim.STANDING)
    if not mine.update(state=_State.WITHDRAWN):
        raise CannotClaim(_("There is nothing to withdraw."))


@transaction.atomic
def accept(claim_id: int, *, by: int, now: datetime) -> None:
    """From now on the paper leads to the person. One name on it is one person's."""
    row = _row(claim_id, _State.WAITING)
    now_read_as = standing([row.paper_id])[row.paper_id]
    # Two curators who accept two claims of one name come one after the other.
    paper = Paper.objects.select_for_update(no_key=True).get(pk=now_read_as)
    if row.author_key not in map(author_key, paper.authors):
        raise CannotClaim(
            _("%(author)s is no longer a name on the paper. Decline it.") % {"author": row.author}
        )
    others = Claim.objects.accepted().filter(paper__in=_as_read(now_read_as))
    if others.filter(author_key=row.author_key).exists():
        raise CannotClaim(
            _("Somebody else is %(author)s already. Undo that first, or decline.")
            % {"author": row.author}
        )
    row.state, row.said, row.decided_by_id, row.decided_at = _State.ACCEPTED, "", by, now
    row.save()


@transaction.atomic
def decline(claim_id: int, *, by: int, now: datetime, why: str) -> None:
    """Sends it back with a reason, which the person reads."""
    reason = one_line(strip_controls(why))[:LONGEST_WHY]
    if not reason:
        raise CannotClaim(_("Write a reason: whoever claimed it reads it."))
    row = _row(claim_id, _State.WAITING)
    row.state, row.said, row.decided_by_id, row.decided_at = _State.DECLINED, reason, by, now
    row.save()


def undo(claim_id: int) -> None:
    """Takes the decision back: the claim waits again."""
    try:
        with transaction.atomic():
            row = _row(claim_id, _State.ACCEPTED, _State.DECLINED)
            row.state, row.said, row.decided_by, row.decided_at = _State.WAITING, "", None, None
            row.save()
    except IntegrityError:
        raise CannotClaim(_("They claimed the paper again since. Decide on that one.")) from None


def _row(claim_id: int, *states: str) -> Claim:
    """The claim, held to the transaction's end, if it is in one of these states."""
    row = Claim.objects.select_for_update().filter(pk=claim_id).first()
    if row is None or row.state not in states:
        raise CannotClaim(_("Somebody was faster. Look at the list anew."))
    return row


def _paper(paper_id: int) -> Paper:
    paper = Paper.objects.visible().filter(pk=paper_id).first()
    if paper is None:
        raise CannotClaim(_("The paper is not here any more."))
    return paper


def _as_read(paper_id: int) -> Iterable[int]:
    """The paper and all that are read as it."""
    return [paper_id, *former_ids(paper_id)]


def _hold(person: int) -> None:
    """One claim of a person at a time, so that limits hold."""
    get_user_model().objects.select_for_update(no_key=True).filter(pk=person).first()
