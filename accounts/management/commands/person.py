"""manage.py person: gives or erases all that is kept about an address, when its owner asks; and
ends a second factor whose device is lost."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts import personal, second_factor
from accounts.models import User
from accounts.roles import CannotChange


class Command(BaseCommand):
    help = (
        "`export ADDRESS` prints all that is kept about a mail address as JSON; `erase ADDRESS "
        "--yes` erases it, with the account that it signs in to; `unguard ADDRESS --yes` ends the "
        "second factor of that account, and signs it out everywhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=["export", "erase", "unguard"])
        parser.add_argument("address")
        parser.add_argument("--yes", action="store_true", help="erase, unguard: I am sure")

    def handle(self, *_: Any, do: str, address: str, yes: bool, **_options: Any) -> None:
        if not personal.is_known(address):
            raise CommandError("Nothing is kept about that address.")
        if do == "export":
            told = personal.export(address, timezone.now())
            self.stdout.write(json.dumps(told, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        elif not yes:
            raise CommandError("It cannot be undone. Add --yes if you are sure.")
        elif do == "unguard":
            self._unguard(address)
        else:
            self._erase(address)

    def _erase(self, address: str) -> None:
        try:
            personal.erase(address, timezone.now())
        except CannotChange as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("It is erased.")

    def _unguard(self, address: str) -> None:
        account = User.objects.filter(email__iexact=address.strip()).first()
        if account is None:
            raise CommandError(f"Nobody has signed in as {address}.")
        try:
            second_factor.take_away(account.pk, by=None, now=timezone.now())
        except CannotChange as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("It is ended, kept in the record, and told them by mail.")
