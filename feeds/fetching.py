"""Runs a source: claim → fetch → ingest, document by document → what came of it.

The row is the truth. Its state is stored after each document, so that a process that dies has
at most one document fetched again, and ingesting that changes nothing.
"""

import logging
import time
from contextlib import closing, suppress
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction

from feeds.asking import Asking
from feeds.health import LONGEST_ERROR, MOST_FAILURES, passed_over, stopped, wait_after
from feeds.http import Refused, Unreachable
from feeds.models import Source
from feeds.models.source import SourceQuerySet
from feeds.packing import TooLarge
from feeds.parsers.base import UnknownFormat
from feeds.sources.base import Ask, SourcePlugin, WrongSettings, checked, sources
from feeds.taking import Outcome, Progress, ignore, take

logger = logging.getLogger(__name__)

# What is said in a sentence already; anything else is a mistake of ours, and logged as such.
_TOLD = (Refused, Unreachable, UnknownFormat, TooLarge, WrongSettings, OSError)

LONGEST_RUN = timedelta(minutes=5)  # a long harvest is run in parts, so that workers can restart


class _Lost(Exception):
    """Another worker has the source, since this one was taken for dead."""


def due(now: datetime) -> list[int]:
    """The ids of the sources that are to be run, the longest waiting first."""
    rows = Source.objects.due(now).exclude(plugin__in=sent_to())
    return list(rows.order_by("next_run_at", "id").values_list("id", flat=True))


def sent_to() -> list[str]:
    """The plugins that fetch nothing, since documents are sent to them."""
    return [plugin.name for plugin in sources.all() if not plugin.every]


def run(
    source_id: int,
    now: datetime,
    *,
    asked: bool = False,
    longest: timedelta | None = LONGEST_RUN,
    ask: Ask | None = None,
    progress: Progress = ignore,
) -> Outcome | None:
    """Runs the source if it is due, or in any case where a person `asked`.

    None where it is not to be run or another worker is running it. What is not done after
    `longest` is left to a run that is due at once. `progress` is told what came so far after
    each document. Never raises for what a source does.
    """
    row = _claim(source_id, now, asked=asked)
    if row is None:
        return None
    turn = _Run(row, now, ask or Asking(), progress)
    try:
        turn.work(longest)
    except _Lost:
        logger.warning("source %s was taken over by another worker", row.slug)
    except (KeyboardInterrupt, SystemExit):
        turn.give_back()
        raise
    return turn.outcome


def restart(source_ids: list[int], now: datetime) -> int:
    """Makes them due at `now`, those that stopped too; how many. Switched off ones stay so."""
    rows = Source.objects.filter(id__in=source_ids, enabled=True).exclude(plugin="")
    return rows.update(next_run_at=now, stopped_at=None, failures=0)


def _plugin(name: str) -> SourcePlugin:
    """Raises Refused where there is none of this name any more."""
    if name not in sources.names():
        raise Refused(f"There is no plugin {name!r}. Those here are: {', '.join(sources.names())}.")
    return sources.get(name)


@transaction.atomic
def _claim(source_id: int, now: datetime, *, asked: bool) -> Source | None:
    rows = Source.objects.free(now) if asked else Source.objects.due(now)
    rows = rows.exclude(plugin__in=sent_to())
    row = rows.select_for_update(skip_locked=True).filter(pk=source_id).first()
    if row is not None:
        row.claimed_at = now
        row.save(update_fields=["claimed_at"])
    return row


class _Run:
    """One run of a claimed source."""

    def __init__(self, row: Source, now: datetime, ask: Ask, progress: Progress) -> None:
        self._row = row
        self._now = now
        self._ask = ask
        self._progress = progress
        self._before = row.state
        self._began = time.monotonic()
        self.outcome = Outcome(row.slug)

    def work(self, longest: timedelta | None) -> None:
        """Raises _Lost."""
        cause: Exception | None = None
        more = False
        try:
            more = self._documents(longest)
        except (OperationalError, InterfaceError, _Lost):
            raise  # the database is away, or the row is not ours: nothing to write to
        except _TOLD as error:
            cause = error
            self.outcome.error = str(error)
        except Exception as error:
            cause = error
            logger.exception("source %s failed", self._row.slug)
            self.outcome.error = f"{type(error).__name__}: {error}"
        if cause is None:
            self._succeed(more=more)
        else:
            self._fail(cause)

    def give_back(self) -> None:
        """Lets others run the source at once, where this process is told to end."""
        with suppress(_Lost):
            self._store(claimed_at=None)

    def _documents(self, longest: timedelta | None) -> bool:
        """Takes in what the plugin finds; whether there is more."""
        plugin = _plugin(self._row.plugin)
        settings = checked(plugin, self._row.settings)
        with closing(plugin.fetch(settings, self._row.state, self._now, self._ask)) as found:
            for document in found:
                take(document, self._row, self._now, self.outcome, self._renew)
                self._store(state=dict(document.state), claimed_at=self._clock())
                self._progress(self.outcome)
                if longest is not None and self._clock() - self._now >= longest:
                    return True
        return False

    def _renew(self, _: Outcome) -> None:
        self._store(claimed_at=self._clock())

    def _succeed(self, *, more: bool) -> None:
        at = self._clock()
        following = at if more else at + timedelta(minutes=self._row.every)
        self._store(
            last_success_at=at,
            failures=0,
            stopped_at=None,
            next_run_at=following,
            claimed_at=None,
            **passed_over(self.outcome.troubles, at),
        )

    def _fail(self, cause: Exception) -> None:
        at = self._clock()
        failures = 1 if self._got_further(cause) else self._row.failures + 1
        stops = failures >= MOST_FAILURES
        wait = wait_after(failures, getattr(cause, "retry_after", None))
        if stops:
            self.outcome.error = stopped(self._row.slug, failures, self.outcome.error)
            logger.warning("source %s stopped: %s", self._row.slug, self.outcome.error)
        self._store(
            last_error_at=at,
            last_error=" ".join([self.outcome.error, *self.outcome.troubles])[:LONGEST_ERROR],
            failures=failures,
            stopped_at=at if stops else None,
            next_run_at=None if stops else at + wait,
            claimed_at=None,
        )

    def _got_further(self, cause: Exception) -> bool:
        """Whether the source works, and was only interrupted: those are no failures in a row.

        One that refuses its next step is at an end, however many documents came before.
        """
        return isinstance(cause, Unreachable) and self._row.state != self._before

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
