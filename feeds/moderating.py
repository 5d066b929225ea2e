"""What moderators may do with comments: hold, remove, restore, leave as they are.

Each act stands in the public log with its reason. The words of a removed comment are kept, so
that it can be restored, and shown to moderators alone.
"""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _

from feeds.comment_counts import counting
from feeds.commenting import LONGEST_WHY, NotAllowed, Refused, TooLate, Unknown, settle
from feeds.models import Comment, ModerationAct
from feeds.tex.clean import one_line, strip_controls

Kind, State = ModerationAct.Kind, Comment.State
ACTS = tuple(Kind.values)
FINE = "Looked at, and found in order."

# From which state an act leads where.
_LEADS = {
    Kind.HOLD: ((State.SHOWN,), State.HELD),
    Kind.REMOVE: ((State.SHOWN, State.HELD), State.REMOVED),
    Kind.RESTORE: ((State.HELD, State.REMOVED), State.SHOWN),
    Kind.LEAVE: ((State.SHOWN,), State.SHOWN),
}


def may_moderate(user: int | None) -> bool:
    """Moderators do, and admins."""
    if user is None:
        return False
    found = get_user_model().objects.filter(pk=user, is_active=True)
    return found.filter(Q(is_moderator=True) | Q(is_superuser=True)).exists()


def moderate(comment_id: int, act: str, *, by: int, why: str, now: datetime) -> None:
    """Does one of ACTS, and settles what was reported of the comment.

    Raises NotAllowed, Unknown, and Refused or TooLate with what to do.
    """
    if not may_moderate(by):
        raise NotAllowed(_("That is for moderators."))
    if act not in ACTS:
        raise Refused(_("Choose what to do with the comment."))
    kind, why = Kind(act), _why(act, why)
    found = Comment.objects.filter(pk=comment_id).values_list("paper_id", flat=True).first()
    if found is None:
        raise Unknown
    with counting(found):
        comment = Comment.objects.select_for_update().get(pk=comment_id)
        sources, target = _LEADS[kind]
        if comment.deleted_at:
            raise TooLate(_("Its author deleted it."))
        if comment.state not in sources:
            raise TooLate(
                _("It is %(state)s already. Somebody was faster.")
                % {"state": comment.get_state_display()}
            )
        comment.state, comment.reason = target, "" if target == State.SHOWN else why
        comment.save()
        settle(comment, now)
        ModerationAct.objects.create(
            comment=comment,
            kind=kind,
            role=ModerationAct.Role.MODERATOR,
            why=why,
            made_by_id=by,
            made_at=now,
        )


def _why(act: str, why: str) -> str:
    why = one_line(strip_controls(why))
    if len(why) > LONGEST_WHY:
        raise Refused(
            _("Say why in at most %(longest_why)s characters.") % {"longest_why": LONGEST_WHY}
        )
    if not why and act in (Kind.HOLD, Kind.REMOVE):
        raise Refused(_("Say why: the public log tells it."))
    return why or FINE
