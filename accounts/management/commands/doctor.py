"""manage.py doctor: what this installation gets wrong, and how to mend it."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.doctor.base import BAD, NOTE, Finding, examine, parts

MARKS = {BAD: "WRONG", NOTE: "note "}


class Command(BaseCommand):
    help = (
        "Looks at the settings, the database, what has to run, this machine, the address from "
        "outside, and mail. It changes nothing, and sends no mail. The exit status is 1 where "
        "something is wrong."
    )
    requires_system_checks = ()  # it says itself what is wrong

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(parts.names()))
        parser.add_argument("--email", action="store_true", help="the part email alone")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_: Any, **options: Any) -> None:
        names = [*options["parts"], *(["email"] if options["email"] else [])]
        if unknown := set(names) - set(parts.names()):
            known = ", ".join(parts.names())
            raise CommandError(f"There is no part {min(unknown)}. There are {known}.")
        found = []
        for part, finding in examine(names):
            found.append({"part": part} | asdict(finding))
            if not options["json"]:
                self._say(finding)
        wrong = sum(one["state"] == BAD for one in found)
        if options["json"]:
            self.stdout.write(json.dumps({"wrong": wrong, "findings": found}, indent=1))
        if wrong:
            raise CommandError("1 thing is wrong." if wrong == 1 else f"{wrong} things are wrong.")
        if not options["json"]:
            self.stdout.write("Nothing is wrong.")

    def _say(self, finding: Finding) -> None:
        self.stdout.write(f"{MARKS.get(finding.state, 'ok   ')} {finding.about}: {finding.found}")
        if finding.fix:
            self.stdout.write(f"      {finding.fix}")
