"""What readers may do with comments: say, answer, change, delete, report, mute.

Each function raises one of the refusals below where something may not be done; its text says
why and what to do. docs/moderation.md tells the rules in words.
"""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from feeds.comment_counts import counting
from feeds.comment_words import LONGEST, Prepared, prepare
from feeds.limits import HOUR, MINUTE, Limit, in_words, wait
from feeds.models import Comment, ModerationAct, Mute, Paper, PenName, Report
from feeds.pen_names import names_known, pen_name
from feeds.said_numbers import grouped
from feeds.standing import standing
from feeds.tex.clean import one_line, strip_controls

EDIT_FOR = timedelta(minutes=15)
# A double press, or a form that is sent again, says nothing new.
SAME_FOR = timedelta(minutes=2)
# An account is new for this long, and until so many of its comments are shown.
NEW_FOR = timedelta(days=3)
NEW_UNTIL = 3
LONGEST_WHY = 300

SAYING = (Limit("say-burst", 6, 10 * MINUTE), Limit("say-day", 60, 24 * HOUR))
CHANGING = (Limit("say-change", 30, HOUR),)
REPORTING = (Limit("say-report", 20, HOUR),)

HELD = "First comments of new accounts that hold links are looked at before they are shown."
State = Comment.State


class Refused(ValueError):
    """It cannot be done as it was asked for."""


class NotAllowed(Refused):
    """It is not for this person to do."""


class TooLate(Refused):
    """It could have been done before."""


class TooOften(Refused):
    """`seconds` have to go by first."""

    def __init__(self, seconds: int) -> None:
        said = _("That is a lot at once. Please wait %(span)s, then go on.")
        super().__init__(said % {"span": in_words(seconds)})
        self.seconds = seconds


class Unknown(LookupError):
    """There is no such comment, or not for this person."""


def say(paper_id: int, text: str, *, by: int, now: datetime) -> int:
    """Says something of a paper; the comment's id. The paper is one that readers may see."""
    return _say(paper_id, None, text, by, now)


def answer(comment_id: int, text: str, *, by: int, now: datetime) -> int:
    """Answers a comment; the answer's id."""
    return _say(_comment(comment_id).paper_id, comment_id, text, by, now)


def edit(comment_id: int, text: str, *, by: int, now: datetime) -> None:
    """Changes one's own comment, for a while and until it is answered."""
    paper_id = _comment(comment_id).paper_id
    words = _words(text)
    with counting(paper_id):
        comment = _own(comment_id, by)
        if comment.deleted_at or comment.state == State.REMOVED:
            raise TooLate(_("This comment is gone."))
        if now - comment.created_at >= EDIT_FOR:
            minutes = EDIT_FOR // timedelta(minutes=1)
            raise TooLate(
                _("A comment can be changed for %(minutes)s minutes. Answer it instead.")
                % {"minutes": minutes}
            )
        if comment.answers.exists():
            raise TooLate(_("It has been answered, so it stays as it is. Answer it yourself."))
        if words.text == comment.text:
            return
        _limit(CHANGING, by)
        comment.text, comment.html, comment.edited_at = words.text, words.html, now
        comment.save()
        _hold_if_new(comment, words, by, now)


def delete(comment_id: int, *, by: int, now: datetime) -> None:
    """Takes one's own words away, at any time; a second time changes nothing."""
    with counting(_comment(comment_id).paper_id):
        comment = _own(comment_id, by)
        if comment.deleted_at is None:
            comment.text, comment.html, comment.deleted_at = "", "", now
            comment.save()
            settle(comment, now)


def report(comment_id: int, why: str, *, by: int, now: datetime) -> None:
    """Asks the moderators to look at a comment; a second time changes nothing."""
    comment = _shown(comment_id)
    if comment.user_id == by:
        raise NotAllowed(_("It is your own. You can delete it."))
    why = one_line(strip_controls(why))
    if not why:
        raise Refused(_("Say in a few words what is wrong with it."))
    if len(why) > LONGEST_WHY:
        raise Refused(
            _("Say it in at most %(longest_why)s characters.") % {"longest_why": LONGEST_WHY}
        )
    if not comment.reports.filter(user=by).exists():
        _limit(REPORTING, by)
        given = {"why": why, "made_at": now}
        Report.objects.get_or_create(comment=comment, user_id=by, defaults=given)


def mute(slug: str, *, by: int) -> None:
    """Spares the reader all that this person says; a second time changes nothing."""
    other = _reader(slug)
    if other == by:
        raise Refused(_("You cannot mute yourself."))
    Mute.objects.get_or_create(user_id=by, muted_id=other)


def unmute(slug: str, *, by: int) -> None:
    Mute.objects.filter(user=by, muted=_reader(slug)).delete()


def settle(comment: Comment, now: datetime) -> None:
    """Nothing is left to look at in the reports of this comment."""
    comment.reports.filter(settled_at__isnull=True).update(settled_at=now)


def _say(paper_id: int, parent_id: int | None, text: str, by: int, now: datetime) -> int:
    words = _words(text)
    if not pen_name(by):
        raise NotAllowed(_("Choose the name that others see beside your comments."))
    with counting(paper_id):
        parent = _shown(parent_id, lock=True) if parent_id else None
        said = Comment.objects.filter(user=by, parent=parent, text=words.text, deleted_at=None)
        same = said.filter(created_at__gt=now - SAME_FOR, paper=paper_id).first()
        if same:
            return same.pk
        _limit(SAYING, by)
        comment = Comment.objects.create(
            paper_id=paper_id,
            user_id=by,
            parent=parent,
            thread_id=(parent.thread_id or parent.pk) if parent else None,
            text=words.text,
            html=words.html,
            created_at=now,
        )
        _hold_if_new(comment, words, by, now)
    return comment.pk


def _words(text: str) -> Prepared:
    if len(text) > LONGEST:
        raise Refused(
            _("A comment has at most %(longest)s characters; this one has %(text)s.")
            % {"longest": grouped(LONGEST), "text": grouped(len(text))}
        )
    words = prepare(text, names_known)
    if not words.says_something:
        raise Refused(_("There is nothing in it yet. Write something first."))
    return words


def _hold_if_new(comment: Comment, words: Prepared, by: int, now: datetime) -> None:
    if words.links and comment.state == State.SHOWN and _is_new(by, comment, now):
        comment.state, comment.reason = State.HELD, HELD
        comment.save()
        ModerationAct.objects.create(
            comment=comment,
            kind=ModerationAct.Kind.HOLD,
            role=ModerationAct.Role.RULE,
            why=HELD,
            made_at=now,
        )


def _is_new(by: int, comment: Comment, now: datetime) -> bool:
    """Whether little is known of the writer beside this comment. Who has a role is known."""
    user = get_user_model().objects.get(pk=by)
    if user.is_staff or user.moderates:
        return False
    before = Comment.objects.filter(user=user, state=State.SHOWN, deleted_at=None)
    few = before.exclude(pk=comment.pk)[:NEW_UNTIL].count() < NEW_UNTIL
    return few or now - user.date_joined < NEW_FOR


def _comment(comment_id: int) -> Comment:
    comment = Comment.objects.filter(pk=comment_id).first()
    if comment is None or not _on_a_shown_paper(comment):
        raise Unknown
    return comment


def _on_a_shown_paper(comment: Comment) -> bool:
    now = standing([comment.paper_id])[comment.paper_id]
    return Paper.objects.visible().filter(pk=now).exists()


def _shown(comment_id: int, *, lock: bool = False) -> Comment:
    """The comment, if everybody sees it."""
    rows = Comment.objects.select_for_update() if lock else Comment.objects.all()
    comment = rows.filter(pk=comment_id, state=State.SHOWN, deleted_at=None).first()
    if comment is None or not _on_a_shown_paper(comment):
        raise Unknown
    return comment


def _own(comment_id: int, by: int) -> Comment:
    """The comment, held until the transaction's end, if this person wrote it."""
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if comment.user_id == by:
        return comment
    if comment.state == State.SHOWN:
        raise NotAllowed(_("Only who wrote a comment can change it."))
    raise Unknown


def _reader(slug: str) -> int:
    known = PenName.objects.filter(slug=slug).values_list("user_id", flat=True)
    found = known.first() if "\0" not in slug else None
    if found is None:
        raise Unknown
    return found


def _limit(limits: tuple[Limit, ...], by: int) -> None:
    if seconds := max(wait(limit, f"{by}") for limit in limits):
        raise TooOften(seconds)
