"""How each source is, and what a curator can do about it."""

import datetime as dt
from dataclasses import dataclass

from feeds import fetching
from feeds.models import Source
from feeds.sources.base import sources


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and its health. `kind` is "" where people put its digests in by hand."""

    id: int
    name: str
    slug: str
    kind: str
    every: int
    enabled: bool
    running: bool
    last_success_at: dt.datetime | None
    last_error_at: dt.datetime | None
    last_error: str
    failures: int
    next_run_at: dt.datetime | None
    stopped_at: dt.datetime | None

    @property
    def ailing(self) -> bool:
        """Whether its last run failed."""
        return self.failures > 0 or self.stopped_at is not None


def all_sources(now: dt.datetime) -> list[SourceLine]:
    """Those that are fetched first, then those that people feed; each by name."""
    rows = Source.objects.order_by("name", "slug")
    free = set(Source.objects.free(now).values_list("id", flat=True))
    lines = [_line(row, running=bool(row.plugin) and row.pk not in free) for row in rows]
    return sorted(lines, key=lambda line: not line.kind)


def start_again(source_id: int, now: dt.datetime) -> bool:
    """Makes it due now, and forgets its failures; whether there is such a source, switched on."""
    return fetching.restart([source_id], now) > 0


def switch(source_id: int, *, on: bool) -> bool:
    """Whether it is fetched on its schedule from now on; False where there is no such source."""
    return Source.objects.filter(pk=source_id).exclude(plugin="").update(enabled=on) > 0


def is_fetched(source_id: int) -> bool:
    return Source.objects.filter(pk=source_id).exclude(plugin="").exists()


def _line(row: Source, *, running: bool) -> SourceLine:
    known = row.plugin in sources.names()
    return SourceLine(
        row.pk,
        row.name,
        row.slug,
        sources.get(row.plugin).label if known else row.plugin,
        row.every,
        row.enabled,
        running,
        row.last_success_at,
        row.last_error_at,
        row.last_error,
        row.failures,
        row.next_run_at,
        row.stopped_at,
    )
