"""How a source fares: when it runs again, when it stops, and all of it in words."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feeds.models import Source
from feeds.models.source import STALE

MOST_FAILURES = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_PUT_OFF = timedelta(days=7)  # whatever the other side asks for
LONGEST_ERROR = 2000  # characters that are kept of what was said


def wait_after(failures: int, retry_after: float | None = None) -> timedelta:
    """How long after that many failures the next run is: doubling, with jitter, up to hours.

    No less than the `retry_after` seconds that the other side asked for.
    """
    usual = min(FIRST_WAIT * 2.0 ** min(failures - 1, 20), LONGEST_WAIT)
    wait = usual * random.uniform(0.75, 1.5)  # noqa: S311  (no secret)
    put_off = min(retry_after or 0.0, LONGEST_PUT_OFF.total_seconds())
    return max(wait, timedelta(seconds=put_off))


def stopped(slug: str, failures: int, last: str) -> str:
    """What is said of a source that stops itself after its `last` error."""
    return (
        f"Stopped after {failures} failures in a row. The last: {last.rstrip('.')}. "
        f"“Run now” in the admin, or `manage.py fetch {slug}`, starts it again."
    )


def passed_over(troubles: list[str], at: datetime) -> dict[str, object]:
    """The fields of a source that tell of documents which could not be read."""
    if not troubles:
        return {}
    return {"last_error": f"Passed over: {' '.join(troubles)}"[:LONGEST_ERROR], "last_error_at": at}


def condition(source: Source, now: datetime) -> str:
    """By hand, switched off, stopped, running, failing, due, waiting: one or two words."""
    if not source.plugin:
        return "by hand"
    if not source.enabled:
        return "switched off"
    if source.stopped_at:
        return "stopped"
    if source.claimed_at and source.claimed_at > now - STALE:
        return "running"
    if source.failures:
        return "failing"
    return "well" if source.last_success_at else "new"


def health(source: Source, now: datetime, *, sent_to: bool = False) -> str:
    """How the source fares, in a few sentences; `sent_to` where it fetches nothing itself."""
    if not source.plugin:
        return _("Digests are put in by hand.")
    if not source.enabled:
        return _("Switched off.")
    if source.stopped_at:
        return source.last_error
    said = [_last(source, now), "" if sent_to else _next(source, now), _error(source)]
    return " ".join(sentence for sentence in said if sentence)


def facts(source: Source, now: datetime) -> dict[str, Any]:
    """The health record as it is, for programs."""
    names = ("last_success_at", "last_error_at", "last_error", "failures", "next_run_at")
    known: dict[str, Any] = {"slug": source.slug, "name": source.name, "plugin": source.plugin}
    known |= {"condition": condition(source, now), "every": source.every}
    return known | {name: getattr(source, name) for name in (*names, "stopped_at")}


def _last(source: Source, now: datetime) -> str:
    if source.last_success_at is None:
        return _("Nothing came yet.")
    since = now - source.last_success_at
    if since < timedelta(minutes=1):
        return _("Went well just now.")
    return _("Went well %(span)s ago.") % {"span": _length(since)}


def _next(source: Source, now: datetime) -> str:
    if source.claimed_at and source.claimed_at > now - STALE:
        return _("Runs now.")
    if source.next_run_at is None or source.next_run_at <= now:
        return _("Due now.")
    return _("Next in %(span)s.") % {"span": _length(source.next_run_at - now)}


def _error(source: Source) -> str:
    if source.last_error_at is None:
        return ""
    count = source.failures
    times = "" if count < 2 else " " + _("(%(n)s failures in a row)") % {"n": count}
    recent = count or (source.last_error_at >= (source.last_success_at or source.last_error_at))
    return f"{source.last_error}{times}" if recent else ""


def _length(length: timedelta) -> str:
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes >= 2 * 1440:
        return _("%(n)s days") % {"n": round(minutes / 1440)}
    if minutes >= 2 * 60:
        return _("%(n)s hours") % {"n": round(minutes / 60)}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
