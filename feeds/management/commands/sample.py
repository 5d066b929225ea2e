"""manage.py sample: the digests that a first start shows."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from feeds.ingest import ingest
from feeds.models import Digest, Source


class Command(BaseCommand):
    help = "Loads the sample digests into an instance that has no digest yet."

    def handle(self, *_: Any, **__: Any) -> None:
        if not settings.LOAD_SAMPLE or Digest.objects.exists():
            return
        source, _created = Source.objects.get_or_create(slug="sample", defaults={"name": "Sample"})
        for path in sorted(Path(settings.BASE_DIR, "sample").glob("*.json")):
            report = ingest(path.read_bytes(), source, name=path.name)
            self.stdout.write(f"sample: {report.new} papers for {report.date}")
