"""What a person keeps in mind of a paper: read, hidden, less like it. For nobody else it changes
anything.
"""

import datetime as dt

from django.db.models import QuerySet

from feeds.for_you.noticing import notice
from feeds.models import Mark
from feeds.standing import former_ids


def mark_read(paper: int, by: int, now: dt.datetime) -> None:
    Mark.objects.update_or_create(user_id=by, paper_id=paper, defaults={"read_at": now})
    notice(by)


def mark_unread(paper: int, by: int) -> None:
    _marks(paper, by).update(read_at=None)
    notice(by)


def hide(paper: int, by: int, now: dt.datetime) -> None:
    """Leaves the paper out of all lists that the person reads."""
    Mark.objects.update_or_create(user_id=by, paper_id=paper, defaults={"hidden_at": now})


def unhide(paper: int, by: int) -> None:
    _marks(paper, by).update(hidden_at=None)


def want_less(paper: int, by: int, now: dt.datetime) -> None:
    """The person wants less like it: so their own order (feeds/for_you) learns."""
    Mark.objects.update_or_create(user_id=by, paper_id=paper, defaults={"less_at": now})
    notice(by)


def want_as_before(paper: int, by: int) -> None:
    """Takes back that they want less like it."""
    _marks(paper, by).update(less_at=None)
    notice(by)


def _marks(paper: int, by: int) -> QuerySet[Mark]:
    return Mark.objects.filter(user=by, paper__in=[paper, *former_ids(paper)])
