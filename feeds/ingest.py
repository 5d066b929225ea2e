"""The one write path: a document comes in, papers come out of it."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from feeds.models import Digest, Listing, Source
from feeds.packing import pack, unpack
from feeds.parsers.base import parse
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest
from feeds.tex.clean import strip_controls
from feeds.writing import Outcome, Place, write

BATCH = 500
# Writers of papers go one after another, a batch each: that two of them resolve one paper
# twice is ruled out, and with it every conflict between them.
_INGEST_LOCK = 0x6272_6F61


@dataclass(slots=True)
class Report:
    """What came of a digest: the entries counted by what became of them.

    `papers` counts the different papers that it names.
    """

    digest_id: int
    source: str
    date: dt.date
    parser: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    papers: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def records(self) -> int:
        return self.new + self.updated + self.unchanged + self.rejected

    @property
    def rejected(self) -> int:
        return len(self.problems)


def source_named(slug: str) -> Source:
    """The source of that name; a new one is saved with its first digest."""
    known = Source.objects.filter(slug=slug).first()
    return known or Source(slug=slug, name=slug.capitalize())


def ingest(
    content: bytes,
    source: Source,
    *,
    day: dt.date | None = None,
    name: str = "",
    parser: str = "",
    now: dt.datetime | None = None,
) -> Report:
    """Reads a document and writes its papers; a second time it changes nothing.

    `day` overrules the day that the document names for its edition. `now` (the clock by
    default) is when it is read. Gzipped bytes are unpacked first. Raises UnknownFormat or
    TooLarge, and writes nothing, where the document cannot be read. Each batch of papers is
    written whole or not at all.
    """
    content = unpack(content)
    today = (now or timezone.now()).astimezone(dt.UTC).date()
    parsed = parse(RawDigest(content, today, day, name), parser)
    digest = _keep(content, source, day or parsed.date or today, parsed, name)
    return _take(parsed, digest)[0]


def reread(digest: Digest, *, parser: str = "") -> Report:
    """Reads a kept document again, as of the day on which it came, with today's parsers.

    Papers that it does not name any more lose their place in it; they stay. Ends the reading of
    one that was cut off. Raises UnknownFormat, and changes nothing, where no parser takes it.
    """
    today = digest.fetched_at.astimezone(dt.UTC).date()
    parsed = parse(RawDigest(digest.content(), today, digest.date, digest.name), parser)
    digest.parser, digest.byline = parsed.parser, parsed.byline[:100]
    digest.save(update_fields=["parser", "byline"])
    report, seen = _take(parsed, digest)
    Listing.objects.filter(digest=digest).exclude(paper__in=seen).delete()
    return report


def _take(parsed: ParsedDigest, digest: Digest) -> tuple[Report, set[int]]:
    """Writes the entries, batch by batch; what came of it, and the papers they are of."""
    report = Report(digest.id, digest.source.slug, digest.date, parsed.parser)
    seen: set[int] = set()
    position = 0
    for entries in _batches(parsed):
        report.problems += [entry for entry in entries if isinstance(entry, Problem)]
        records = [entry for entry in entries if isinstance(entry, PaperRecord)]
        for outcome in _write(records, digest, position):
            setattr(report, outcome.change, getattr(report, outcome.change) + 1)
            seen.add(outcome.paper_id)
        position += len(records)
    report.papers = len(seen)
    _finish(digest, report)
    return report, seen


def _keep(content: bytes, source: Source, day: dt.date, parsed: ParsedDigest, name: str) -> Digest:
    if source.pk is None:
        new = {"name": source.name}
        source, _ = Source.objects.get_or_create(slug=source.slug, defaults=new)
    digest, _ = Digest.objects.get_or_create(
        source=source,
        date=day,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "name": strip_controls(name)[:255],
            "parser": parsed.parser,
            "byline": parsed.byline[:100],
            "raw": pack(content),
        },
    )
    return digest


def _batches(parsed: ParsedDigest) -> Iterator[list[PaperRecord | Problem]]:
    entries = iter(parsed.entries)
    while batch := list(islice(entries, BATCH)):
        yield batch


@transaction.atomic
def _write(records: list[PaperRecord], digest: Digest, position: int) -> list[Outcome]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_INGEST_LOCK])
    places = [Place(digest, number) for number in range(position, position + len(records))]
    return write(list(zip(records, places, strict=True)))


def _finish(digest: Digest, report: Report) -> None:
    digest.problems = [
        {"place": problem.place, "reason": problem.reason} for problem in report.problems
    ]
    digest.ingested_at = timezone.now()
    digest.save(update_fields=["problems", "ingested_at"])
