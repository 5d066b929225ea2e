"""Curators decide on what readers submitted; a decision is for all who gave the same paper.

Staff accept and decline; a feed's curators place into their own feed what that asks for, and
take that back. All raise CannotDecide, and then changed nothing.
"""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from feeds import placing
from feeds.acts import CannotAct, Desk
from feeds.ingest import ingest, source_named
from feeds.models import FeedMember, Listing, Paper, Submission
from feeds.named import FeedView
from feeds.offering import SOURCE, waiting_for
from feeds.standing import standing

LONGEST_REASON = 500
_State = Submission.State


class CannotDecide(ValueError):
    """What was asked for cannot be done; the text says why and what to do."""


@transaction.atomic
def accept(submission_id: int, by: int, now: dt.datetime, feed: FeedView | None = None) -> int:
    """Puts the paper in under the source "submissions" of today, and into that feed's day.

    Returns the paper's id.
    """
    rows = _waiting(submission_id)
    first = rows[0]
    if first.document is None:
        raise CannotDecide(_("Its document is gone. Decline it, and ask for it again."))
    day = now.astimezone(dt.UTC).date()
    report = ingest(
        first.document.content(), source_named(SOURCE), day=day, name=first.given, now=now
    )
    listing = Listing.objects.filter(digest=report.digest_id).first()
    if listing is None:
        raise CannotDecide(_("There is no paper in its document. Decline it."))
    paper = standing([listing.paper_id])[listing.paper_id]
    Paper.objects.filter(pk=paper).update(dropped_at=None)
    if feed:
        _place(Desk(feed, day, by), paper, now)
    for row in rows:
        row.state, row.said, row.paper_id = _State.ACCEPTED, "", paper
        row.digest_id, row.decided_by_id, row.decided_at = report.digest_id, by, now
        row.save()
    return paper


@transaction.atomic
def accept_into(submission_id: int, feed: FeedView, by: int, now: dt.datetime) -> int:
    """The same by a curator of the feed, for a paper that the feed asks for."""
    _refuse_outsiders(feed, by)
    if submission_id not in [row.pk for row in waiting_for(feed)]:
        raise CannotDecide(_("It does not wait for this feed any more. Look at the list anew."))
    return accept(submission_id, by, now, feed)


@transaction.atomic
def undo_own(submission_id: int, feed: FeedView, by: int, now: dt.datetime) -> None:
    """Takes back what the same curator accepted."""
    _refuse_outsiders(feed, by)
    mine = Submission.objects.filter(pk=submission_id, state=_State.ACCEPTED, decided_by=by)
    if not mine.exists():
        raise CannotDecide(_("Only what you accepted yourself can be taken back here."))
    undo(submission_id, now)


@transaction.atomic
def decline(submission_id: int, by: int, now: dt.datetime, reason: str) -> None:
    """Sends it back with a reason, which those who gave it read."""
    reason = " ".join(reason.replace("\0", "").split())[:LONGEST_REASON]
    if not reason:
        raise CannotDecide(_("Write a reason: whoever gave it reads it."))
    for row in _waiting(submission_id):
        row.state, row.said, row.decided_by_id, row.decided_at = _State.DECLINED, reason, by, now
        row.save()


@transaction.atomic
def undo(submission_id: int, now: dt.datetime) -> None:
    """Takes the decision back: it waits again. A paper that nothing else names is shown no more."""
    row = Submission.objects.select_for_update().filter(pk=submission_id).first()
    if row is None or row.state not in (_State.ACCEPTED, _State.DECLINED):
        raise CannotDecide(_("There is no decision on it to take back."))
    rows = _held(Submission.objects.filter(state=row.state, name=row.name))
    rows = [one for one in rows if one.decided_at == row.decided_at]
    if row.state == _State.ACCEPTED:
        _take_out(row, now)
    for one in rows:
        one.state, one.said, one.paper, one.digest = _State.WAITING, "", None, None
        one.decided_by, one.decided_at = None, None
        _save(one)


def _refuse_outsiders(feed: FeedView, by: int) -> None:
    curators = FeedMember.objects.filter(feed=feed.id, role=FeedMember.Role.CURATOR)
    staff = get_user_model().objects.filter(pk=by, is_staff=True)
    if not curators.filter(user=by).exists() and not staff.exists():
        raise CannotDecide(_("Only the feed’s curators place papers in it."))


def _take_out(row: Submission, now: dt.datetime) -> None:
    places = Listing.objects.filter(digest=row.digest_id) if row.digest_id else None
    papers = list(places.values_list("paper_id", flat=True)) if places is not None else []
    if places is not None:
        places.delete()
    bare = Paper.objects.visible().filter(pk__in=papers, listings__isnull=True)
    bare.update(dropped_at=now)


def _waiting(submission_id: int) -> list[Submission]:
    """The submission and all others of the same paper that wait, held."""
    row = Submission.objects.filter(pk=submission_id).first()
    rows = _held(Submission.objects.waiting().filter(name=row.name)) if row else []
    if submission_id not in [one.pk for one in rows]:
        raise CannotDecide(_("It does not wait any more. Look at the list anew."))
    return sorted(rows, key=lambda one: one.pk != submission_id)


def _held(rows: "Iterable[Submission]") -> list[Submission]:
    found = Submission.objects.select_for_update().filter(pk__in=[row.pk for row in rows])
    return list(found.order_by("id"))


def _place(desk: Desk, paper: int, now: dt.datetime) -> None:
    try:
        placing.place(desk, [paper], now)
    except CannotAct as refused:
        raise CannotDecide(str(refused)) from refused


def _save(row: Submission) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise CannotDecide(_("It was submitted again since. Decide on that one.")) from None
