"""The one write path: a document comes in, papers come out of it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from config.counting import Count
from feeds.batch import Outcome, Place
from feeds.keeping import keep
from feeds.models import Digest, Listing, PutAside, Run, Source
from feeds.packing import unpacked
from feeds.parsers.base import parse
from feeds.recording import Followed, recording
from feeds.records import Content, PaperRecord, ParsedDigest, Problem, RawDigest
from feeds.ringing import ring_for_vectors
from feeds.tex.clean import strip_controls
from feeds.writing import lock_papers, write

BATCH = 1_000
MOST_PROBLEMS = 1_000  # that a report names; the digest keeps them all

CHANGES = ("new", "updated", "unchanged", "rejected")
PAPERS = Count("papers", gettext_noop("Entries of digests by what became of them"), ("change",))

Progress = Callable[["Report"], None]


@dataclass(slots=True)
class Report:
    """What came of a digest: the entries counted by what became of them.

    `papers` counts the different papers that it names. `problems` are the first of those that
    were put aside.
    """

    digest_id: int
    source: str
    date: dt.date
    parser: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    papers: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def records(self) -> int:
        return self.new + self.updated + self.unchanged + self.rejected


def source_named(slug: str) -> Source:
    """The source of that name; a new one is saved with its first digest."""
    known = Source.objects.filter(slug=slug).first()
    return known or Source(slug=slug, name=slug.capitalize())


def _ignore(_: Report) -> None:
    """Tells no one."""


def ingest(
    content: Content,
    source: Source,
    *,
    day: dt.date | None = None,
    name: str = "",
    parser: str = "",
    now: dt.datetime | None = None,
    progress: Progress = _ignore,
) -> Report:
    """Reads a document and writes its papers; a second time it changes nothing.

    `day` overrules the day that the document names for its edition. `now` (the clock by
    default) is when it is read. Gzipped content is unpacked first. `progress` is told what was
    done after each batch of papers, which is written whole or not at all. Raises UnknownFormat
    or TooLarge, and writes nothing, where the document cannot be read.
    """
    today = (now or timezone.now()).astimezone(dt.UTC).date()
    with unpacked(content) as plain:
        followed = Followed(plain)
        parsed = parse(RawDigest(followed, today, day, name), parser)
        digest = _keep(plain, source, day or parsed.date or today, parsed, name)
        return _take(parsed, digest, followed, progress)[0]


def reread(
    digest: Digest, *, parser: str = "", progress: Progress = _ignore, run: Run | None = None
) -> Report:
    """Reads a kept document again, as of the day on which it came, with today's parsers.

    Papers that it does not name any more lose their place in it; they stay. Ends the reading of
    one that was cut off. Raises UnknownFormat, and changes nothing, where no parser takes it.
    `run` is the row that this reading was asked for with; without one it gets its own.
    """
    today = digest.fetched_at.astimezone(dt.UTC).date()
    content = Followed(digest.content())
    parsed = parse(RawDigest(content, today, digest.date, digest.name), parser)
    digest.parser, digest.byline = parsed.parser, parsed.byline[:100]
    digest.save(update_fields=["parser", "byline"])
    report, listed = _take(parsed, digest, content, progress, run)
    _unlist(digest, listed)
    return report


def _unlist(digest: Digest, listed: set[int]) -> None:
    """Takes the papers that are not `listed` any more out of the digest."""
    places = Listing.objects.filter(digest=digest)
    stale = sorted(set(places.values_list("paper_id", flat=True)) - listed)
    for start in range(0, len(stale), BATCH):
        places.filter(paper__in=stale[start : start + BATCH]).delete()


def _take(
    parsed: ParsedDigest,
    digest: Digest,
    content: Followed,
    progress: Progress,
    run: Run | None = None,
) -> tuple[Report, set[int]]:
    """Writes the entries, batch by batch; what came of it, and the papers they are of."""
    report = Report(digest.id, digest.source.slug, digest.date, parsed.parser)
    listed: set[int] = set()
    with recording(digest, content, run) as record:
        digest.put_aside.all().delete()
        for batch in _batches(parsed):
            for outcome in _write(batch, digest, report, listed):
                setattr(report, outcome.change, getattr(report, outcome.change) + 1)
            problems = [entry for entry in batch if isinstance(entry, Problem)]
            report.rejected += len(problems)
            report.problems += problems[: MOST_PROBLEMS - len(report.problems)]
            report.papers = len(listed)
            record(report)
            progress(report)
        digest.rejected, digest.ingested_at = report.rejected, timezone.now()
        digest.save(update_fields=["rejected", "ingested_at"])
    for change in CHANGES:
        PAPERS.add(change, n=getattr(report, change))
    if report.new or report.updated:
        transaction.on_commit(ring_for_vectors)
    return report, listed


def _keep(
    content: Content, source: Source, day: dt.date, parsed: ParsedDigest, name: str
) -> Digest:
    if source.pk is None:
        new = {"name": source.name}
        source, _ = Source.objects.get_or_create(slug=source.slug, defaults=new)
    digest, _ = Digest.objects.get_or_create(
        source=source,
        date=day,
        document=keep(content),
        defaults={
            "name": strip_controls(name)[:255],
            "parser": parsed.parser,
            "byline": parsed.byline[:100],
        },
    )
    return digest


def _batches(parsed: ParsedDigest) -> Iterator[list[PaperRecord | Problem]]:
    entries = iter(parsed.entries)
    while batch := list(islice(entries, BATCH)):
        yield batch


@transaction.atomic
def _write(
    batch: list[PaperRecord | Problem], digest: Digest, report: Report, listed: set[int]
) -> list[Outcome]:
    lock_papers()
    done = report.records
    aside = [
        PutAside(digest=digest, number=number, place=entry.place[:200], reason=entry.reason[:500])
        for number, entry in enumerate(batch, start=done)
        if isinstance(entry, Problem)
    ]
    PutAside.objects.bulk_create(aside, ignore_conflicts=True)
    records = [entry for entry in batch if isinstance(entry, PaperRecord)]
    first = done - report.rejected
    return write(
        [(record, Place(digest, position)) for position, record in enumerate(records, first)],
        listed,
    )
