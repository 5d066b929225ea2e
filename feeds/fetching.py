"""Runs a source: claim → fetch → ingest, document by document → what came of it.

The row is the truth. Its state is stored after each document, so that a process that dies has
at most one document fetched again, and ingesting that changes nothing.
"""

import logging
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction

from feeds.asking import Asking
from feeds.http import Refused, Unreachable
from feeds.ingest import ingest
from feeds.models import Source
from feeds.models.source import SourceQuerySet
from feeds.packing import TooLarge
from feeds.parsers.base import UnknownFormat
from feeds.sources.base import Ask, Document, WrongSettings, checked, sources

logger = logging.getLogger(__name__)

MOST_FAILURES = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_PUT_OFF = timedelta(days=7)  # whatever the other side asks for
LONGEST_RUN = timedelta(minutes=5)  # a long harvest is run in parts, so that workers can restart


@dataclass(slots=True)
class Outcome:
    """What a run brought. `error` is a sentence, "" where all went well."""

    source: str
    documents: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    error: str = ""


class _Lost(Exception):
    """Another worker has the source, since this one was taken for dead."""


def due(now: datetime) -> list[int]:
    """The ids of the sources that are to be run, the longest waiting first."""
    rows = Source.objects.due(now).order_by("next_run_at", "id")
    return list(rows.values_list("id", flat=True))


def run(
    source_id: int,
    now: datetime,
    *,
    asked: bool = False,
    longest: timedelta | None = LONGEST_RUN,
    ask: Ask | None = None,
) -> Outcome | None:
    """Runs the source if it is due, or in any case where a person `asked`.

    None where it is not to be run or another worker is running it. What is not done after
    `longest` is left to a run that is due at once. Never raises for what a source does.
    """
    row = _claim(source_id, now, asked=asked)
    if row is None:
        return None
    turn = _Run(row, now, ask or Asking())
    try:
        turn.work(longest)
    except _Lost:
        logger.warning("source %s was taken over by another worker", row.slug)
    return turn.outcome


def restart(source_ids: list[int], now: datetime) -> int:
    """Makes them due at `now`, those that stopped too; how many. Switched off ones stay so."""
    rows = Source.objects.filter(id__in=source_ids, enabled=True).exclude(plugin="")
    return rows.update(next_run_at=now, stopped_at=None, failures=0)


def wait_after(failures: int) -> timedelta:
    """How long after that many failures the next run is: doubling, with jitter, up to hours."""
    usual = min(FIRST_WAIT * 2.0 ** min(failures - 1, 20), LONGEST_WAIT)
    return usual * random.uniform(0.75, 1.5)  # noqa: S311  (no secret)


@transaction.atomic
def _claim(source_id: int, now: datetime, *, asked: bool) -> Source | None:
    rows = Source.objects.free(now) if asked else Source.objects.due(now)
    row = rows.select_for_update(skip_locked=True).filter(pk=source_id).first()
    if row is not None:
        row.claimed_at = now
        row.save(update_fields=["claimed_at"])
    return row


class _Run:
    """One run of a claimed source."""

    def __init__(self, row: Source, now: datetime, ask: Ask) -> None:
        self._row = row
        self._now = now
        self._ask = ask
        self._began = time.monotonic()
        self.outcome = Outcome(row.slug)

    def work(self, longest: timedelta | None) -> None:
        """Raises _Lost."""
        retry_after = None
        more = False
        try:
            more = self._documents(longest)
        except (OperationalError, InterfaceError, _Lost):
            raise  # the database is away, or the row is not ours: nothing to write to
        except Unreachable as error:
            self.outcome.error, retry_after = str(error), error.retry_after
        except (Refused, UnknownFormat, TooLarge, WrongSettings, OSError) as error:
            self.outcome.error = str(error)
        except Exception as error:
            logger.exception("source %s failed", self._row.slug)
            self.outcome.error = f"{type(error).__name__}: {error}"
        if self.outcome.error:
            self._fail(retry_after)
        else:
            self._succeed(more=more)

    def _documents(self, longest: timedelta | None) -> bool:
        """Takes in what the plugin finds; whether there is more."""
        plugin = sources.get(self._row.plugin)
        settings = checked(plugin, self._row.settings)
        for document in plugin.fetch(settings, self._row.state, self._now, self._ask):
            self._take(document)
            self._store(state=dict(document.state), claimed_at=self._clock())
            if longest is not None and self._clock() - self._now >= longest:
                return True
        return False

    def _take(self, document: Document) -> None:
        if document.content is None:
            return
        try:
            report = ingest(
                document.content,
                self._row,
                day=document.day,
                name=document.name,
                now=self._now,
            )
        except (UnknownFormat, TooLarge) as error:
            if not document.alone:
                raise
            self.outcome.error = f"{document.name}: {error}"
            return
        self.outcome.documents += 1
        for count in ("new", "updated", "unchanged", "rejected"):
            total = getattr(self.outcome, count) + getattr(report, count)
            setattr(self.outcome, count, total)

    def _succeed(self, *, more: bool) -> None:
        at = self._clock()
        following = at if more else at + timedelta(minutes=self._row.every)
        self._store(
            last_success_at=at,
            failures=0,
            stopped_at=None,
            next_run_at=following,
            claimed_at=None,
        )

    def _fail(self, retry_after: float | None) -> None:
        at = self._clock()
        # A document that went in shows that the source works: those are no failures in a row.
        failures = 1 if self.outcome.documents else self._row.failures + 1
        stops = failures >= MOST_FAILURES
        wait = wait_after(failures)
        if retry_after is not None:
            longest = LONGEST_PUT_OFF.total_seconds()
            wait = max(wait, timedelta(seconds=min(retry_after, longest)))
        if stops:
            self.outcome.error = (
                f"Stopped after {failures} failures in a row. The last: {self.outcome.error}"
            )
            logger.warning("source %s stopped: %s", self._row.slug, self.outcome.error)
        self._store(
            last_error_at=at,
            last_error=self.outcome.error[:2000],
            failures=failures,
            stopped_at=at if stops else None,
            next_run_at=None if stops else at + wait,
            claimed_at=None,
        )

    def _store(self, **fields: object) -> None:
        """Raises _Lost."""
        if not self._ours().update(**fields):
            raise _Lost
        for name, value in fields.items():
            setattr(self._row, name, value)

    def _ours(self) -> SourceQuerySet:
        return Source.objects.filter(pk=self._row.pk, claimed_at=self._row.claimed_at)

    def _clock(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._began)
