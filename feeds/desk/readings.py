"""Readings are asked for by a row, done by whichever worker claims it, and begun again if left."""

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from feeds.desk.digests import Filter, with_problems
from feeds.ingest import reread
from feeds.models import Digest, Run
from feeds.models.raw import NotKept
from feeds.packing import TooLarge
from feeds.parsers.base import UnknownFormat, parsers
from feeds.recording import LONGEST_ERROR, TakenOver

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
RUNG_AT_ONCE = 100


class BeingRead(Exception):
    """Another reading of the digest is not done yet; a sentence."""


@transaction.atomic
def ask(digest_id: int, parser: str = "", total: int | None = None) -> int:
    """Asks for a reading of the digest; the id of its row, for which the caller rings.

    `parser` is the one to read it by, "" where the content is to decide; `total` the number
    of entries, if it is known. Raises BeingRead, and Digest.DoesNotExist.
    """
    digest = Digest.objects.select_for_update().get(pk=digest_id)
    if digest.runs.unended().exists():
        raise BeingRead(_("It is being read just now. Ask again when that is done."))
    run = Run.objects.create(digest=digest, parser=parser, total=total or _last_count(digest))
    return run.pk


def ask_for_all(wanted: Filter, ring: Callable[[int], object]) -> None:
    """Asks for a reading of each digest of the filter that has entries put aside.

    Rings for each; passes over those that are being read.
    """
    for digest_id in list(with_problems(wanted)):
        with suppress(BeingRead, Digest.DoesNotExist):
            ring(ask(digest_id))


def waiting(now: dt.datetime) -> list[int]:
    """The readings that no process is at, the oldest first; not more than are rung at once."""
    rows = Run.objects.free(now).order_by("id").values_list("id", flat=True)
    return list(rows[:RUNG_AT_ONCE])


def perform(run_id: int, now: dt.datetime) -> bool:
    """Does the reading, unless it is done or someone is at it; whether it was begun here."""
    run = _claim(run_id, now)
    if run is None:
        return False
    if run.parser and run.parser not in parsers.names():
        _end(run, now, f"There is no format {run.parser!r} any more.")
        return True
    try:
        reread(run.digest, parser=run.parser, run=run)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the row stays open
    except TakenOver:
        logger.warning("reading %s was taken over by another worker", run_id)
    except (UnknownFormat, TooLarge, NotKept) as refused:
        _end(run, now, str(refused))
    except Exception as error:
        logger.exception("reading %s failed", run_id)
        _end(run, now, f"{type(error).__name__}: {error}")
    return True


def _last_count(digest: Digest) -> int | None:
    last = digest.runs.filter(ended_at__isnull=False, error="").order_by("-id").first()
    return last.new + last.updated + last.unchanged + last.rejected if last else None


@transaction.atomic
def _claim(run_id: int, now: dt.datetime) -> Run | None:
    rows = Run.objects.free(now).select_for_update(skip_locked=True, of=("self",))
    run = rows.select_related("digest__source").filter(pk=run_id).first()
    if run is None:
        return None
    if run.attempts >= MOST_ATTEMPTS:
        _end(run, now, f"It was begun {run.attempts} times, and each time its process was lost.")
        return None
    run.attempts += 1
    run.started_at = run.told_at = now
    run.save(update_fields=["attempts", "started_at", "told_at"])
    return run


def _end(run: Run, now: dt.datetime, error: str) -> None:
    """Ends it, unless its own record did so already."""
    row = Run.objects.unended().filter(pk=run.pk, attempts=run.attempts)
    row.update(ended_at=now, error=error[:LONGEST_ERROR])
