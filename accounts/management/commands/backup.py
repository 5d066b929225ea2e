"""manage.py backup FILE: the whole database as it is now, for `manage.py restore`."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import backing_up
from config import dumps


class Command(BaseCommand):
    help = (
        "Writes the whole database to a file, while readers read and vote. Where the SECRET_KEY "
        "is kept in the data directory, a copy of it goes beside."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            dumps.dump(file)
            key = _copy_key(file)
        except (dumps.Failed, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from None
        backing_up.note(timezone.now())
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes.")
        if key:
            self.stdout.write(f"{key}: the key that signs links and webhooks. Keep both.")
        else:
            self.stdout.write("Keep SECRET_KEY with it: it signs links and webhooks.")


def kept_key() -> Path | None:
    """Where the data directory keeps the SECRET_KEY, if that is the one in use."""
    path = Path(settings.DATA_DIR) / "secret_key"
    return path if path.exists() and path.read_text().strip() == settings.SECRET_KEY else None


def key_beside(file: Path) -> Path:
    """Where a backup's key is kept."""
    return file.with_name(f"{file.name}.secret_key")


def _copy_key(file: Path) -> Path | None:
    kept, beside = kept_key(), key_beside(file)
    if kept is None:
        return None
    beside.touch(mode=0o600)
    shutil.copyfile(kept, beside)
    return beside
