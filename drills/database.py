"""A PostgreSQL of a drill's own, in a temporary folder that goes when the process ends."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOREIGN = ("DATABASE_", "REDIS_", "SECRET_KEY", "BROADSHEET_", "EMAIL_", "SITE_")
_KEPT = ("BROADSHEET_REAL_DATA",)
_homes: list[Path] = []


def begin(kept: Path | None = None) -> None:
    """Django on a database of its own, whatever the environment names: an empty one, or the one
    that an earlier run left in `kept`.
    """
    if _homes:
        empty()
        return
    home = kept or Path(tempfile.mkdtemp(prefix="broadsheet-drill-"))
    _homes.append(home)
    if kept is None:
        atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(_FOREIGN) and name not in _KEPT]:
        del os.environ[name]
    os.environ["BROADSHEET_DATA"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from config import embedded

    embedded.ensure()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def empty() -> None:
    """Takes every row out of the database, and every message out of the broker."""
    import redis
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        broker.flushdb()


def home() -> Path:
    """The folder of the database that `begin` made."""
    return _homes[0]
