"""manage.py role: who has a role on the whole site; gives roles and takes them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from accounts import roles, who
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Without more: who has a role. `give admin ADDRESS` makes the first admin, and the account "
        "where there is none; they sign in with a code that is mailed to them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", nargs="?", choices=["give", "take"])
        parser.add_argument("role", nargs="?", choices=roles.ROLES)
        parser.add_argument("address", nargs="?", help="the mail address that they sign in with")

    def handle(
        self, *, do: str | None, role: str | None, address: str | None, **_options: Any
    ) -> None:
        if do is None:
            return self._list()
        if not role or not address:
            raise CommandError(f"Say which role and whose: role {do} moderator ada@example.org")
        account = self._account(address, make=do == "give" and role == roles.What.ADMIN)
        change = roles.give if do == "give" else roles.take
        try:
            change(role, account.pk, by=None, now=timezone.now())
        except roles.CannotChange as refused:
            raise CommandError(str(refused)) from None
        self._tell(account.pk)
        return None

    def _list(self) -> None:
        for view in who.with_roles():
            self._tell(view.id)

    def _tell(self, person: int) -> None:
        view = who.one(person)
        if view is None:
            return
        has = [role.label for role in view.roles if role.has] or ["no role"]
        closed = ", closed" if view.closed else ""
        self.stdout.write(f"{view.email}: {', '.join(has)}{closed}")

    def _account(self, address: str, *, make: bool) -> User:
        account = User.objects.filter(email__iexact=address.strip()).first()
        if account:
            return account
        if not make:
            raise CommandError(f"Nobody has signed in as {address}. Once they have, try again.")
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"{address} is no mail address.") from None
        self.stdout.write(f"There was no account of {address}. It is made.")
        return User.objects.create_user(address)
