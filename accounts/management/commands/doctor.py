"""manage.py doctor --email: whether mail of this site can arrive, and what to do if not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.doctor import Finding, examine
from accounts.mail_records import BAD, NOTE

MARKS = {BAD: "WRONG", NOTE: "note "}


class Command(BaseCommand):
    help = (
        "Looks whether mail can arrive: the mail server, the sender, SPF, DKIM and DMARC. It sends "
        "nothing. The exit status is 1 where something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", action="store_true", help="looks at mail")

    def handle(self, *_: Any, **options: Any) -> None:
        if not options["email"]:
            raise CommandError("Say what to look at: --email.")
        wrong = 0
        for finding in examine():
            self._say(finding)
            wrong += finding.state == BAD
        if wrong:
            raise CommandError("1 thing is wrong." if wrong == 1 else f"{wrong} things are wrong.")
        self.stdout.write("Nothing is wrong.")

    def _say(self, finding: Finding) -> None:
        self.stdout.write(f"{MARKS.get(finding.state, 'ok   ')} {finding.about}: {finding.found}")
        if finding.fix:
            self.stdout.write(f"      {finding.fix}")
