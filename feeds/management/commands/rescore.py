"""manage.py rescore: every stored score written anew, after an upgrade changed a formula."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from feeds.rescoring import write_all
from feeds.usual import learn_usual_votes


class Command(BaseCommand):
    help = "Writes the scores of every paper anew. Readers and digests may come in meanwhile."

    def handle(self, **_: Any) -> None:
        now = timezone.now()
        learn_usual_votes(now)
        written = sum(write_all(now))
        self.stdout.write(f"{written:,} papers were scored.")
