"""How each source fares, and what a curator can do about it."""

import datetime as dt
from dataclasses import dataclass

from feeds import fetching
from feeds.health import condition, health
from feeds.models import Source
from feeds.sources.base import sources


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and how it fares, in one or two words and in sentences.

    `kind` is "" where people put its digests in by hand; `fetches` says whether it can be run.
    """

    id: int
    name: str
    slug: str
    kind: str
    fetches: bool
    every: int
    enabled: bool
    condition: str
    said: str
    last_success_at: dt.datetime | None
    last_error_at: dt.datetime | None
    last_error: str
    failures: int
    next_run_at: dt.datetime | None
    stopped_at: dt.datetime | None

    @property
    def ails(self) -> bool:
        return self.condition in ("stopped", "failing")


def all_sources(now: dt.datetime) -> list[SourceLine]:
    """Those that ail first, then those that are fetched, then those fed by hand; by name."""
    lines = [_line(row, now) for row in Source.objects.order_by("name", "slug")]
    return sorted(lines, key=lambda line: (not line.ails, not line.kind))


def start_again(source_id: int, now: dt.datetime) -> bool:
    """Makes it due now, and forgets its failures; whether there is such a source, switched on."""
    return fetching.restart([source_id], now) > 0


def switch(source_id: int, *, on: bool) -> None:
    """Whether it is fetched on its schedule from now on."""
    Source.objects.filter(pk=source_id).exclude(plugin="").update(enabled=on)


def is_by_hand(source_id: int) -> bool:
    """Whether no plugin brings its digests, or there is no such source."""
    return not Source.objects.filter(pk=source_id).exclude(plugin="").exists()


def _line(row: Source, now: dt.datetime) -> SourceLine:
    known = row.plugin in sources.names()
    sent = row.plugin in fetching.sent_to()
    return SourceLine(
        row.pk,
        row.name,
        row.slug,
        sources.get(row.plugin).label if known else row.plugin,
        known and not sent,
        row.every,
        row.enabled,
        condition(row, now),
        health(row, now, sent_to=sent),
        row.last_success_at,
        row.last_error_at,
        row.last_error,
        row.failures,
        row.next_run_at,
        row.stopped_at,
    )
