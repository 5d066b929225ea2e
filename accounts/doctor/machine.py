"""This machine: its disk, the files that the site needs, and what it knows of time zones."""

import json
import os
import re
import shutil
import tempfile
import zoneinfo
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone

from accounts import backing_up
from accounts.doctor.base import BAD, GOOD, NOTE, Finding, Part, parts
from feeds.embedders.base import Broken, embedders

LEAST, LITTLE = 1_000_000_000, 5_000_000_000  # bytes left on the disk
ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Apia")
STYLE = "css/site.css"
OLD = timedelta(days=2)


def examine() -> Iterator[Finding]:
    yield _folder(settings.DATA_DIR)
    yield _disk(settings.DATA_DIR)
    yield _zones()
    yield _files()
    yield _embedder()
    yield _backup()


def _folder(place: Path) -> Finding:
    about = "Data directory"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        who = f"user {os.geteuid()}"
        fix = f"Let {who} write there, or name another in BROADSHEET_DATA."
        return Finding(about, BAD, f"{place} cannot be written by {who}: {error.strerror}.", fix)
    return Finding(about, GOOD, f"{place} can be written.")


def _disk(place: Path) -> Finding:
    there = next(one for one in (place, *place.parents) if one.exists())
    free = shutil.disk_usage(there).free
    found = f"{free / 1e9:.1f} GB are left at {there}."
    if free < LITTLE:
        fix = "Make room: the index of words, and the database where it is here, stop without it."
        return Finding("Disk", BAD if free < LEAST else NOTE, found, fix)
    return Finding("Disk", GOOD, found)


def _zones() -> Finding:
    try:
        for name in {*ZONES, settings.DEFAULT_SUBSCRIPTION_ZONE}:
            zoneinfo.ZoneInfo(name)
    except zoneinfo.ZoneInfoNotFoundError as missing:
        fix = "Install tzdata (Debian: apt-get install tzdata; or the Python package)."
        return Finding("Time zones", BAD, f"{missing.args[0]}: mail comes at no hour.", fix)
    return Finding("Time zones", GOOD, f"{len(zoneinfo.available_timezones())} are known.")


def _files() -> Finding:
    about, fix = "Static files", "manage.py collectstatic --no-input"
    if settings.WHITENOISE_USE_FINDERS:
        return Finding(about, GOOD, "They are served from where they lie.")
    try:
        folder = Path(str(settings.STATIC_ROOT))
        names = json.loads((folder / "staticfiles.json").read_bytes())["paths"]
        there = (folder / names[STYLE]).read_bytes()
    except (ValueError, KeyError, OSError):
        return Finding(about, BAD, f"{settings.STATIC_ROOT} does not have them.", fix)
    ours = finders.find(STYLE)
    if not ours or _bare(there) != _bare(Path(ours).read_bytes()):
        return Finding(about, BAD, "They are of another version: pages look broken.", fix)
    return Finding(about, GOOD, f"They are in {settings.STATIC_ROOT}.")


def _bare(style: bytes) -> bytes:
    """Without what it refers to, which has other names in the copy."""
    return re.sub(rb"url\([^)]*\)|/\*.*?\*/", b"", style, flags=re.DOTALL).strip()


def _embedder() -> Finding:
    about = "Embedder"
    if settings.EMBEDDER == "off":
        return Finding(about, NOTE, "It is off: like papers are found by words alone.")
    try:
        embedders.get(settings.EMBEDDER).embed(["A paper."])
    except Broken as broken:
        fix = "Install the requirements anew, or set EMBEDDER=off."
        return Finding(about, BAD, f"{broken}", fix)
    return Finding(about, GOOD, f"The files of {settings.EMBEDDER} are whole, and it answers.")


def _backup() -> Finding:
    about, made = "Backup", backing_up.last()
    fix = "manage.py backup FILE, each night; see docs/operating.md."
    if made is None:
        found = "None by `manage.py backup` is known of. Your database's host may make its own."
        return Finding(about, NOTE, found, fix)
    age = timezone.now() - made
    if age > OLD:
        return Finding(about, NOTE, f"The last one is {age.days} days old.", fix)
    return Finding(about, GOOD, f"The last one was made {made:%Y-%m-%d %H:%M} UTC.")


parts.register(Part("machine", 40, examine))
