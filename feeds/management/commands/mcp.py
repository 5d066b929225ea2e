"""manage.py mcp: this site as tools of an agent that starts it, over standard input and output."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from feeds.management.person import add_person, person_of
from feeds.mcp.caller import Caller
from feeds.mcp.stdio import serve


class Command(BaseCommand):
    help = "Answers an agent by MCP over standard input and output."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument("--write", action="store_true", help="it may vote, save and follow")

    def handle(self, **options: Any) -> None:
        person = person_of(options["person"])
        if options["write"] and person is None:
            raise CommandError("--write takes --as: say whose votes and collections these are.")
        serve(sys.stdin.buffer, sys.stdout.buffer, Caller(person, options["write"]))
