"""The second factor of signing in: a code from a device beside the one from the mailbox.

django-allauth asks for it and keeps it. Here is who has one, whether a browser has shown it, and
how an admin takes one away whose device is lost.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.languages import of_address, speaking
from accounts.models import RoleAct, User
from accounts.roles import CannotChange, NotAllowed

logger = logging.getLogger(__name__)


def who_have_one(people: Iterable[int]) -> set[int]:
    """Those of them whose accounts ask for a second factor."""
    rows = Authenticator.objects.filter(user__in=people, type=Authenticator.Type.TOTP)
    return set(rows.values_list("user_id", flat=True))


def guards(address: str) -> bool:
    """Whether the account that this address signs in to asks for a second factor."""
    theirs = EmailAddress.objects.filter(email__iexact=address, verified=True).values("user")
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    return bool(rows.filter(Q(user__email__iexact=address) | Q(user__in=theirs)))


def is_shown(request: HttpRequest) -> bool:
    """Whether this browser has shown it since its reader signed in."""
    return any(one.get("method") == "mfa" for one in _records(request))


def signed_in_at(request: HttpRequest) -> float:
    """When this browser last proved who is there, in seconds since 1970; 0 where it is unknown."""
    return max((float(one.get("at", 0)) for one in _records(request)), default=0.0)


def take_away(person: int, *, by: int | None, now: datetime) -> None:
    """Ends the person's second factor, and signs them out everywhere: the device may be another's.

    They are told by mail. `by` is the admin, None for the command line. Raises CannotChange.
    """
    if by is not None and not User.objects.filter(pk=by, is_superuser=True, is_active=True):
        raise NotAllowed(_("That is for admins."))
    if person == by:
        raise CannotChange(_("That is your own. You turn it off at your own page."))
    if not who_have_one([person]):
        raise CannotChange(_("They have no second factor."))
    account = User.objects.get(pk=person)
    with transaction.atomic():
        Authenticator.objects.filter(user=account).delete()
        note(account, given=False, by=by, now=now)
    for row in UserSession.objects.filter(user=account):
        row.end()
    _tell(account)


def note(account: User, *, given: bool, by: int | None, now: datetime) -> None:
    """Keeps that a second factor was set up or ended, for /desk/people."""
    RoleAct.objects.create(
        person=account,
        what=RoleAct.What.FACTOR,
        given=given,
        by_command=by is None,
        made_by_id=by,
        made_at=now,
    )


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return found


def _tell(account: User) -> None:
    try:
        with speaking(of_address(account.email)):
            get_adapter().composed("mfa/email/taken_away", account.email, {}).send()
    except (SMTPException, OSError) as error:
        logger.warning("a mail about a second factor was not sent: %s", type(error).__name__)
