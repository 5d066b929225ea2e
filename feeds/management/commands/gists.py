"""manage.py gists: what was prepared of kept papers' titles and abstracts, made anew by today's
rules: their gists first of all."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from feeds.preparing import prepare_all


class Command(BaseCommand):
    help = "Makes the gists of kept papers anew; once after an upgrade that brings better ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, **options: Any) -> None:
        done, changed = prepare_all()
        if options["json"]:
            self.stdout.write(json.dumps({"papers": done, "changed": changed}))
        else:
            self.stdout.write(f"{done:,} papers: {changed:,} read otherwise now")
