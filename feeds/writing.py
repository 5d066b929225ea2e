"""One batch of records into the tables, with a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from django.utils import timezone

from feeds.merging import merge, new_paper
from feeds.models import Digest, Identifier, Listing, Paper, PaperStats
from feeds.records import PaperRecord
from feeds.resolve import Name, Named, known_papers, named, paper_of
from feeds.scoring import rescore
from feeds.tagging import write_tags

_WRITTEN = [
    field.name
    for field in Paper._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
    if field.name not in ("id", "created_at", "dropped_at")
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: in which digest, and at which position from 0."""

    digest: Digest
    position: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: `change` is "new", "updated" or "unchanged"."""

    paper_id: int
    change: str


@dataclass(slots=True)
class _Entry:
    named: Named
    place: Place
    paper: Paper
    change: str
    rewritten: bool = False
    advanced: bool = False


def write(records: list[tuple[PaperRecord, Place]]) -> list[Outcome]:
    """Writes the records' papers. The caller holds the ingest lock, in a transaction.

    Outcomes come in the records' order. A record that changes nothing writes no paper.
    """
    entries = _resolve(records)
    _write_papers(entries)
    _write_names(entries)
    moved = _write_stats(entries)
    _write_listings(entries)
    tagged = write_tags([(entry.paper.id, _as_read(entry), entry.rewritten) for entry in entries])
    for entry in entries:
        if entry.change == "unchanged" and entry.paper.id in tagged | moved:
            entry.change = "updated"
    return [Outcome(entry.paper.id, entry.change) for entry in entries]


def _resolve(records: list[tuple[PaperRecord, Place]]) -> list[_Entry]:
    all_named = [named(record) for record, _ in records]
    known = known_papers(name for one in all_named for name in one.names)
    return [_entry(one, place, known) for one, (_, place) in zip(all_named, records, strict=True)]


def _entry(one: Named, place: Place, known: dict[Name, Paper]) -> _Entry:
    paper = paper_of(one, known)
    if paper is None:
        paper = new_paper(one, place.digest.date)
        entry = _Entry(one, place, paper, "new", rewritten=True)
    else:
        text, rank = (paper.title, paper.abstract), (paper.authority, paper.told_on)
        changed = merge(paper, one, place.digest.date)
        entry = _Entry(one, place, paper, "updated" if changed else "unchanged")
        entry.rewritten = text != (paper.title, paper.abstract)
        entry.advanced = rank != (paper.authority, paper.told_on)
    for name in one.names:
        known.setdefault(name, paper)
    return entry


def _write_papers(entries: list[_Entry]) -> None:
    Paper.objects.bulk_create([entry.paper for entry in entries if entry.change == "new"])
    changed = {entry.paper.id: entry.paper for entry in entries if entry.change == "updated"}
    former = [_adopt_arxiv_id(paper) for paper in changed.values()]
    Identifier.objects.bulk_create([name for name in former if name], ignore_conflicts=True)
    for paper in changed.values():
        paper.changed_at = timezone.now()
    Paper.objects.bulk_update(changed.values(), _WRITTEN, batch_size=200)
    # The same words from a later digest: no change to a reader, but they hold from then on.
    confirmed = {entry.paper.id: entry.paper for entry in entries if entry.advanced}
    Paper.objects.bulk_update(confirmed.values(), ["authority", "told_on"], batch_size=200)


def _adopt_arxiv_id(paper: Paper) -> Identifier | None:
    """Moves a paper that now has an arXiv id to it; returns its former key as a name."""
    if not paper.arxiv_id or paper.key == paper.arxiv_id:
        return None
    former = Identifier(paper=paper, scheme="key", value=paper.key)
    paper.key = paper.arxiv_id
    return former


def _write_names(entries: list[_Entry]) -> None:
    Identifier.objects.bulk_create(
        [
            Identifier(paper=entry.paper, scheme=scheme, value=value)
            for entry in entries
            for scheme, value in entry.named.names
            if entry.change != "unchanged"
        ],
        ignore_conflicts=True,
    )


def _write_stats(entries: list[_Entry]) -> set[int]:
    """Takes in what the digests report. Returns the papers whose numbers changed."""
    ids = {entry.paper.id for entry in entries}
    rows = PaperStats.objects.select_for_update().order_by("paper_id").in_bulk(ids)
    before = {paper_id: _reported(stats) for paper_id, stats in rows.items()}
    for entry in entries:
        stats = rows.setdefault(entry.paper.id, _first_stats(entry))
        _report(stats, entry)
    new = [stats for paper_id, stats in rows.items() if paper_id not in before]
    moved = [
        stats
        for paper_id, stats in rows.items()
        if before.get(paper_id) not in (None, _reported(stats))
    ]
    for stats in new + moved:
        rescore(stats)
    PaperStats.objects.bulk_create(new)
    fields = ["reported_votes", "comments", "listed_at", "place", "new", "top", "hot"]
    PaperStats.objects.bulk_update(moved, fields, batch_size=200)
    return {stats.paper_id for stats in moved}


def _first_stats(entry: _Entry) -> PaperStats:
    return PaperStats(paper=entry.paper, listed_at=_listed_at(entry), place=entry.place.position)


def _reported(stats: PaperStats) -> tuple[object, ...]:
    return stats.reported_votes, stats.comments, stats.listed_at, stats.place


def _report(stats: PaperStats, entry: _Entry) -> None:
    record = entry.named.record
    stats.reported_votes = max(stats.reported_votes, record.votes or 0)
    stats.comments = max(stats.comments, record.comments or 0)
    stats.listed_at = min(stats.listed_at, _listed_at(entry))
    stats.place = min(stats.place, entry.place.position)


def _listed_at(entry: _Entry) -> datetime:
    """When the digest named the paper: its own word, else the first moment of its day."""
    said = entry.named.record.listed_at
    return said or datetime.combine(entry.place.digest.date, time.min, UTC)


def _write_listings(entries: Iterable[_Entry]) -> None:
    first: dict[int, _Entry] = {}
    for entry in entries:
        first.setdefault(entry.paper.id, entry)
    Listing.objects.bulk_create(
        [_listing(entry) for entry in first.values()],
        update_conflicts=True,
        unique_fields=["source", "date", "paper"],
        update_fields=["digest", "position", "votes", "comments"],
    )


def _listing(entry: _Entry) -> Listing:
    digest, record = entry.place.digest, entry.named.record
    return Listing(
        paper=entry.paper,
        source_id=digest.source_id,
        digest=digest,
        date=digest.date,
        position=entry.place.position,
        votes=record.votes,
        comments=record.comments,
    )


def _as_read(entry: _Entry) -> PaperRecord:
    """The record with the paper's text, which may be better than its own."""
    return replace(entry.named.record, title=entry.paper.title, abstract=entry.paper.abstract)
