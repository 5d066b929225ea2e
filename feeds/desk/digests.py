"""What came in: the digests with how they were read, one digest's papers, what was put aside."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.desk.records import (
    AsideLine,
    DigestLine,
    PaperLine,
    Reading,
    format_of,
    reading_of,
)
from feeds.models import Digest, Listing, PutAside, Run, Source
from feeds.records import Content
from feeds.standing import joined_away

ON_A_PAGE = 30
PAPERS_ON_A_PAGE = 100
ASIDE_ON_A_PAGE = 50
MOST_READINGS = 20


@dataclass(frozen=True, slots=True)
class Filter:
    """Digests of one source, read by one parser; "" takes any."""

    source: str = ""
    parser: str = ""


def digests(
    now: dt.datetime, wanted: Filter = Filter(), *, before: int | None = None
) -> tuple[list[DigestLine], int | None]:
    """A page of digests, the last to come first, and the id before which the next one begins."""
    rows = Digest.objects.select_related("source", "document").order_by("-id")
    rows = rows.filter(**_fields(wanted))
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    latest = _latest([digest.pk for digest in shown])
    lines = [_line(digest, latest.get(digest.pk), now) for digest in shown]
    return lines, shown[-1].pk if len(found) > ON_A_PAGE else None


def digest(digest_id: int, now: dt.datetime) -> DigestLine | None:
    row = Digest.objects.select_related("source", "document").filter(pk=digest_id).first()
    return _line(row, _latest([digest_id]).get(digest_id), now) if row else None


def papers(digest_id: int, *, after: int = 0) -> tuple[list[PaperLine], int | None]:
    """A page of its papers, in order, from those behind place `after`; the last place if more."""
    rows = Listing.objects.filter(digest=digest_id, position__gte=after).order_by("position", "id")
    rows = rows.exclude(paper__in=joined_away())
    fields = ("position", "paper__title_text", "paper__key", "paper__authors", "paper__dropped_at")
    found = [
        PaperLine(position + 1, title, key, tuple(authors), dropped_at is not None)
        for position, title, key, authors, dropped_at in rows.values_list(*fields)[
            : PAPERS_ON_A_PAGE + 1
        ]
    ]
    shown = found[:PAPERS_ON_A_PAGE]
    return shown, shown[-1].place if len(found) > PAPERS_ON_A_PAGE else None


def readings(digest_id: int, now: dt.datetime) -> list[Reading]:
    """How it was read, the last time first."""
    rows = Run.objects.filter(digest=digest_id).order_by("-id")
    return [reading_of(run, now) for run in rows[:MOST_READINGS]]


def aside(
    wanted: Filter = Filter(), *, before: int | None = None
) -> tuple[list[AsideLine], int | None]:
    """A page of entries that were put aside, the last first, and where the next one begins."""
    rows = PutAside.objects.select_related("digest__source").order_by("-id")
    rows = rows.filter(**{f"digest__{name}": value for name, value in _fields(wanted).items()})
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: ASIDE_ON_A_PAGE + 1])
    shown = [_aside_line(row) for row in found[:ASIDE_ON_A_PAGE]]
    return shown, shown[-1].id if len(found) > ASIDE_ON_A_PAGE else None


def aside_in_order(digest_id: int, *, after: int = -1) -> tuple[list[AsideLine], int | None]:
    """A page of one digest's entries that were put aside, as they stand in it."""
    rows = PutAside.objects.select_related("digest__source").filter(digest=digest_id)
    found = list(rows.filter(number__gt=after).order_by("number")[: ASIDE_ON_A_PAGE + 1])
    shown = found[:ASIDE_ON_A_PAGE]
    more = len(found) > ASIDE_ON_A_PAGE
    return [_aside_line(row) for row in shown], shown[-1].number if more else None


def with_problems(wanted: Filter) -> Iterator[int]:
    """The ids of the digests that have entries put aside, in the order in which they came."""
    rows = Digest.objects.filter(**_fields(wanted), rejected__gt=0).order_by("id")
    return rows.values_list("id", flat=True).iterator()


def content(digest_id: int) -> Content | None:
    """The digest's document as it came; None where it is not kept."""
    row = Digest.objects.select_related("document").filter(pk=digest_id).first()
    return row.content() if row and row.document.whole_at else None


def source_names() -> list[tuple[str, str]]:
    """Each source's slug and name, by name."""
    return list(Source.objects.order_by("name", "slug").values_list("slug", "name"))


def _fields(wanted: Filter) -> dict[str, str]:
    given = {"source__slug": wanted.source, "parser": wanted.parser}
    return {name: value for name, value in given.items() if value}


def _latest(ids: Iterable[int]) -> dict[int, Run]:
    """The last reading of each of these digests."""
    rows = Run.objects.filter(digest__in=ids).order_by("digest", "-id").distinct("digest")
    return {run.digest_id: run for run in rows}


def _line(row: Digest, run: Run | None, now: dt.datetime) -> DigestLine:
    return DigestLine(
        row.pk,
        row.source.name,
        row.source.slug,
        row.date,
        row.name,
        row.parser,
        format_of(row.parser),
        row.fetched_at,
        row.rejected,
        row.ingested_at is not None,
        row.document.size,
        reading_of(run, now) if run else None,
    )


def _aside_line(row: PutAside) -> AsideLine:
    return AsideLine(
        row.pk,
        row.place,
        row.reason,
        row.digest_id,
        row.digest.source.name,
        row.digest.date,
        format_of(row.digest.parser),
    )
