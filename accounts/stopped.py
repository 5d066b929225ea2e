"""Why no mail goes to an address, in the words that its owner reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import Suppression
from accounts.suppressing import suppressed

Cause = Suppression.Cause
_WORDS = {
    Cause.BOUNCE: _("a mail to it came back for good"),
    Cause.SOFT: _("mails to it came back time and again"),
    Cause.COMPLAINT: _("one of our mails was reported as spam there"),
    Cause.ADMIN: _("an administrator of this site stopped it"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """That no mail goes to `email`; `why` is a clause, `answer` what its mail server said.

    `by_admin` says that its owner cannot change that alone.
    """

    email: str
    why: str
    answer: str
    since: datetime
    by_admin: bool


def stopped(emails: Collection[str]) -> list[Stop]:
    """The addresses among these that no mail goes to, in the same order."""
    found = suppressed(emails)
    return [_stop(email, found[email]) for email in emails if email in found]


def _stop(email: str, row: Suppression) -> Stop:
    by_admin = row.cause == Cause.ADMIN
    answer = "" if by_admin else row.detail
    return Stop(email, str(_WORDS[Cause(row.cause)]), answer, row.created_at, by_admin)
