"""manage.py person: gives or erases all that is kept about an address, when its owner asks."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts import personal
from accounts.roles import CannotChange


class Command(BaseCommand):
    help = (
        "`export ADDRESS` prints all that is kept about a mail address as JSON; `erase ADDRESS "
        "--yes` erases it, with the account that it signs in to."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=["export", "erase"])
        parser.add_argument("address")
        parser.add_argument("--yes", action="store_true", help="erase: I am sure")

    def handle(self, *_: Any, do: str, address: str, yes: bool, **_options: Any) -> None:
        if not personal.is_known(address):
            raise CommandError("Nothing is kept about that address.")
        if do == "export":
            told = personal.export(address, timezone.now())
            self.stdout.write(json.dumps(told, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        elif not yes:
            raise CommandError("It cannot be undone. Add --yes if you are sure.")
        else:
            self._erase(address)

    def _erase(self, address: str) -> None:
        try:
            personal.erase(address, timezone.now())
        except CannotChange as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("It is erased.")
