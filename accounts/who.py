"""Accounts and their roles, as admins see them: the one page that shows mail addresses."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from accounts.models import RoleAct, User
from accounts.roles import ROLES, What
from feeds.models import FeedMember, PenName
from feeds.shown_names import chosen_names

SHOWN = 50
NOBODY = _("an account that is gone")
COMMAND = _("the command line")
_BECAME = {
    What.MODERATOR: _("%(person)s became a moderator"),
    What.CURATOR: _("%(person)s became a curator of the site"),
    What.ADMIN: _("%(person)s became an admin"),
    What.ACCOUNT: _("%(person)s may sign in again"),
    What.FACTOR: _("%(person)s has a second factor"),
}
_IS_NOT = {
    What.MODERATOR: _("%(person)s is no longer a moderator"),
    What.CURATOR: _("%(person)s is no longer a curator of the site"),
    What.ADMIN: _("%(person)s is no longer an admin"),
    What.ACCOUNT: _("%(person)s may not sign in any more"),
    What.FACTOR: _("%(person)s has no second factor any more"),
}


@dataclass(frozen=True, slots=True)
class RoleState:
    """A role, and whether the account has it."""

    name: str
    label: str
    has: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """`name` is the one that others see, "" where none was chosen; `feeds` are those that the
    person curates."""

    id: int
    email: str
    name: str
    page: str
    joined_at: datetime
    closed: bool
    roles: tuple[RoleState, ...]
    feeds: tuple[str, ...]
    has_second_factor: bool

    @property
    def label(self) -> str:
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class ActLine:
    """ "Ada is a moderator", by whom and when."""

    said: str
    by: str
    at: datetime


def found(words: str) -> list[AccountView]:
    """The accounts whose chosen name or mail address begins so, by address."""
    words = " ".join(words.replace("\0", "").split())
    if not words:
        return []
    named = PenName.objects.filter(Q(name__istartswith=words) | Q(slug=words)).values("user_id")
    rows = User.objects.filter(Q(email__startswith=words.lower()) | Q(pk__in=named))
    return _views(rows.order_by("email")[:SHOWN])


def with_roles() -> list[AccountView]:
    """Everybody who has a role on the whole site, admins first."""
    rows = User.objects.filter(Q(is_superuser=True) | Q(is_staff=True) | Q(is_moderator=True))
    return _views(rows.order_by("-is_superuser", "-is_staff", "email")[:SHOWN])


def one(person: int) -> AccountView | None:
    return next(iter(_views(User.objects.filter(pk=person))), None)


def acts() -> list[ActLine]:
    """What was done last, the latest first."""
    rows = list(RoleAct.objects.select_related("person", "made_by").order_by("-id")[:SHOWN])
    names = chosen_names(user.pk for row in rows for user in (row.person, row.made_by) if user)

    def name(user: User | None) -> str:
        return (names.get(user.pk) or user.email) if user else str(NOBODY)

    return [
        ActLine(
            said=(_BECAME if row.given else _IS_NOT)[What(row.what)] % {"person": name(row.person)},
            by=str(COMMAND) if row.by_command else name(row.made_by),
            at=row.made_at,
        )
        for row in rows
    ]


def _views(accounts: QuerySet[User]) -> list[AccountView]:
    rows = list(accounts)
    ids = [row.pk for row in rows]
    names, guarded = chosen_names(ids), second_factor.who_have_one(ids)
    slugs = dict(PenName.objects.filter(user__in=ids).values_list("user_id", "slug"))
    curated: dict[int, list[str]] = defaultdict(list)
    seats = FeedMember.objects.filter(user__in=ids, role=FeedMember.Role.CURATOR)
    for user, feed in seats.order_by("feed__name").values_list("user_id", "feed__name"):
        curated[user].append(feed)
    return [
        AccountView(
            id=row.pk,
            email=row.email,
            name=names.get(row.pk, ""),
            page=f"/people/{slugs[row.pk]}" if row.pk in slugs and row.is_active else "",
            joined_at=row.date_joined,
            closed=not row.is_active,
            roles=_roles(row),
            feeds=tuple(curated[row.pk]),
            has_second_factor=row.pk in guarded,
        )
        for row in rows
    ]


def _roles(account: User) -> tuple[RoleState, ...]:
    """All roles; of an admin this one alone, which the others are part of."""
    has = {
        What.MODERATOR: account.is_moderator,
        What.CURATOR: account.is_staff,
        What.ADMIN: account.is_superuser,
    }
    told = [What.ADMIN] if account.is_superuser else ROLES
    return tuple(RoleState(role, str(What(role).label), has[role]) for role in told)
