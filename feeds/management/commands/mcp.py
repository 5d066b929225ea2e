"""manage.py mcp: this site as tools of an agent that starts it, over standard input and output."""

import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from feeds.mcp.caller import ANYBODY, Caller
from feeds.mcp.stdio import serve


class Command(BaseCommand):
    help = "Answers an agent by MCP over standard input and output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as", dest="person", default="", help="read as the person of this mail address"
        )
        parser.add_argument("--write", action="store_true", help="it may vote, save and follow")

    def handle(self, **options: Any) -> None:
        caller = _caller(options["person"], may_write=options["write"])
        serve(sys.stdin.buffer, sys.stdout.buffer, caller)


def _caller(address: str, *, may_write: bool) -> Caller:
    if not address and may_write:
        raise CommandError("--write takes --as: say whose votes and collections these are.")
    if not address:
        return ANYBODY
    person = get_user_model().objects.filter(email__iexact=address, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody has signed in as {address}.")
    return Caller(person, may_write)
