"""Readers give papers to the curators: the rules, whoever asks and by what.

fetching → failed, or ready (the reader looks at it) → waiting (for the curators) → accepted or
declined; withdrawn at any time before that. All raise CannotSubmit, and then changed nothing.
"""

import datetime as dt
import logging

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from feeds.asking import Asking
from feeds.guard import Refused, Unreachable
from feeds.http import Limits
from feeds.keeping import keep
from feeds.looking_up import UNKNOWN, Found, look_up, name_of
from feeds.models import Submission
from feeds.sources.base import Ask
from feeds.submitted import known, names_of

MOST_A_DAY = 20
MOST_TRIES = 5
LONGEST_WHY = 500
LIMITS = Limits(largest=5 * 1024 * 1024, deadline=40.0, attempts=1)
# A worker that has fetched for so long is taken for dead.
SILENCE = dt.timedelta(minutes=8)
_State = Submission.State

logger = logging.getLogger(__name__)


class CannotSubmit(ValueError):
    """What was asked for cannot be done; the text says why and what to do."""


class TooOften(CannotSubmit):
    """The person has given as much as one may in a day."""


class KnownAlready(CannotSubmit):
    """The paper is here; `path` leads to it."""

    def __init__(self, title: str, path: str) -> None:
        super().__init__(_("“%(title)s” is here already.") % {"title": title})
        self.path = path


def submit(
    text: str, by: int, now: dt.datetime, *, why: str = "", at_once: bool = False
) -> tuple[int, bool]:
    """Takes what a reader typed; the submission's id, and whether it is new and to be fetched.

    One of the same paper by the same person that is still open is not made twice. With
    `at_once` it goes to the curators without another word.
    """
    name = name_of(text)
    if not name:
        raise CannotSubmit(_(UNKNOWN))
    for paper in known([name]).values():
        raise KnownAlready(paper.title, paper.path)
    with transaction.atomic():
        _hold(by)
        mine = Submission.objects.filter(made_by=by)
        if same := mine.open().filter(name=name).first():
            return same.pk, False
        if mine.filter(made_at__gt=now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
            raise TooOften(
                _("%(most_a_day)s papers a day, please. Give this one tomorrow.")
                % {"most_a_day": MOST_A_DAY}
            )
        made = Submission.objects.create(
            made_by_id=by,
            made_at=now,
            given=_line(text, 1000),
            name=name,
            why=_line(why, LONGEST_WHY),
            at_once=at_once,
        )
    return made.pk, True


def try_again(submission_id: int, by: int) -> None:
    """Fetches once more what could not be fetched."""
    with transaction.atomic():
        row = _mine(submission_id, by, (_State.FAILED,))
        if row.tries >= MOST_TRIES:
            raise CannotSubmit(_("It was tried often enough. Give another name of the paper."))
        row.state, row.said, row.asked_at = _State.FETCHING, "", None
        _save(row, _("It is being fetched already."))


def send(submission_id: int, by: int, why: str) -> None:
    """Puts it into the curators' queue, with the person's word on why."""
    with transaction.atomic():
        row = _mine(submission_id, by, (_State.READY,))
        for paper in known(names_of(row)).values():
            raise KnownAlready(paper.title, paper.path)
        row.state, row.why = _State.WAITING, _line(why, LONGEST_WHY)
        row.save()


def withdraw(submission_id: int, by: int) -> None:
    """Takes it back, as long as nobody has decided."""
    with transaction.atomic():
        row = _mine(submission_id, by, (*Submission.OPEN, _State.FAILED))
        row.state = _State.WITHDRAWN
        row.save()


def unfetched(now: dt.datetime) -> list[int]:
    """Those that wait for a worker, or whose worker was lost."""
    rows = Submission.objects.filter(state=_State.FETCHING)
    silent = Q(asked_at__isnull=True) | Q(asked_at__lt=now - SILENCE)
    return list(rows.filter(silent).order_by("id").values_list("id", flat=True)[:100])


def fetch(submission_id: int, now: dt.datetime, ask: Ask | None = None) -> None:
    """Fetches it, unless that is done or someone is at it. What fails is kept as a sentence."""
    rows = Submission.objects.filter(pk=submission_id, state=_State.FETCHING)
    silent = Q(asked_at__isnull=True) | Q(asked_at__lt=now - SILENCE)
    row = rows.first()
    if row is None or not rows.filter(silent).update(asked_at=now, tries=row.tries + 1):
        return
    if row.tries >= 2 * MOST_TRIES:
        rows.update(state=_State.FAILED, said="Its workers were lost too often.")
        return
    try:
        found = look_up(row.name, ask or Asking(LIMITS), now)
    except (Refused, Unreachable) as error:
        logger.info("submission %s failed: %s", submission_id, error)
        rows.update(state=_State.FAILED, said=_line(str(error), 500))
        return
    _fetched(submission_id, found)


def _fetched(submission_id: int, found: Found) -> None:
    """Writes down what was found; under the paper's own name from now on."""
    record = found.record
    with transaction.atomic():
        row = Submission.objects.select_for_update().get(pk=submission_id)
        if row.state != _State.FETCHING:
            return
        row.document = keep(found.content)
        row.title, row.authors, row.abstract = record.title, list(record.authors), record.abstract
        row.arxiv_id, row.doi = record.arxiv_id, record.doi
        row.name = f"arxiv:{row.arxiv_id}" if row.arxiv_id else f"doi:{row.doi}"
        here = bool(known(names_of(row)))
        row.state = _State.WAITING if row.at_once and not here else _State.READY
        if same := _same(row):
            row.state, row.said = _State.FAILED, f"You gave it already, as {same.given[:200]}."
        row.save()


def _same(row: Submission) -> Submission | None:
    """Another open one of the same paper by the same person."""
    rows = Submission.objects.open().filter(made_by=row.made_by_id, name=row.name)
    return rows.exclude(pk=row.pk).first()


def _mine(submission_id: int, by: int, states: tuple[str, ...]) -> Submission:
    """The person's submission, held to the transaction's end, if it is in one of these states."""
    rows = Submission.objects.select_for_update().filter(pk=submission_id, made_by=by)
    row = rows.first()
    if row is None:
        raise CannotSubmit(_("There is no such submission of yours."))
    if row.state not in states:
        raise CannotSubmit(_("It is %(state)s by now.") % {"state": row.get_state_display()})
    return row


def _save(row: Submission, otherwise: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise CannotSubmit(otherwise) from None


def _hold(person: int) -> None:
    """One submission of a person at a time, so that limits hold."""
    get_user_model().objects.select_for_update(no_key=True).filter(pk=person).first()


def _line(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]
