"""Who may do what on the whole site: admins give roles and take them, and close accounts.

docs/roles.md tells what each role may do. Every act is kept, with who did it. `by` is the admin,
None for the command line. All raise CannotChange, and then changed nothing.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import RoleAct, User

What = RoleAct.What
ROLES = (What.MODERATOR, What.CURATOR, What.ADMIN)
_COLUMNS = {
    What.MODERATOR: "is_moderator",
    What.CURATOR: "is_staff",
    What.ADMIN: "is_superuser",
    What.ACCOUNT: "is_active",
}


class CannotChange(ValueError):
    """It cannot be done; the text says why and what to do."""


class NotAllowed(CannotChange):
    """It is for admins."""


def give(role: str, person: int, *, by: int | None, now: datetime) -> None:
    """Gives the person one of ROLES; an admin is a curator of the site as well."""
    _change(person, _role(role), True, by, now)


def take(role: str, person: int, *, by: int | None, now: datetime) -> None:
    """Takes the role. The last admin stays one."""
    _change(person, _role(role), False, by, now)


def close(person: int, *, by: int | None, now: datetime) -> None:
    """Signs the person out for good; what they wrote stays, and their mail goes on."""
    if person == by:
        raise CannotChange(_("That is your own account. Another admin can close it."))
    _change(person, What.ACCOUNT, False, by, now)


def reopen(person: int, *, by: int | None, now: datetime) -> None:
    """Lets the person sign in again, with the roles that they had."""
    _change(person, What.ACCOUNT, True, by, now)


@transaction.atomic
def _change(person: int, what: RoleAct.What, given: bool, by: int | None, now: datetime) -> None:
    # All admins are held, so that two of them cannot take the role from each other at once.
    held = User.objects.select_for_update(no_key=True).order_by("pk")
    admins = {user.pk for user in held.filter(is_superuser=True, is_active=True)}
    if by is not None and by not in admins:
        raise NotAllowed(_("That is for admins."))
    account = held.filter(pk=person).first()
    if account is None:
        raise CannotChange(_("There is no such account any more."))
    if getattr(account, _COLUMNS[what]) == given:
        return
    if not given:
        _check_taking(account, what, admins)
    setattr(account, _COLUMNS[what], given)
    if what == What.ADMIN and given:
        account.is_staff = True
    account.save(update_fields=[*_COLUMNS.values()])
    RoleAct.objects.create(
        person=account,
        what=what,
        given=given,
        by_command=by is None,
        made_by_id=by,
        made_at=now,
    )


def _check_taking(account: User, what: RoleAct.What, admins: set[int]) -> None:
    if what in (What.ADMIN, What.ACCOUNT) and admins == {account.pk}:
        raise CannotChange(_("They are the last admin. Make somebody else one first."))
    if what == What.CURATOR and account.is_superuser:
        raise CannotChange(_("Every admin is a curator of the site. Take that role first."))


def _role(name: str) -> RoleAct.What:
    if name not in ROLES:
        raise CannotChange(
            _("There is no role %(word)r. There are %(known)s.")
            % {"word": name, "known": ", ".join(ROLES)}
        )
    return What(name)
