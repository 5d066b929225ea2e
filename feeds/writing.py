"""One batch of records into the tables, with a fixed number of statements."""

from dataclasses import replace

from django.db import connection
from django.utils import timezone

from feeds.batch import Entry, Outcome, Place
from feeds.copying import copy_rows, next_ids, update_rows, upsert_rows
from feeds.embedding import want
from feeds.merging import Teller, merge, new_paper, tellers_of
from feeds.models import Identifier, Listing, Paper, PaperStats, PaperVersion
from feeds.numbers import write_stats
from feeds.records import PaperRecord
from feeds.resolve import Name, known_papers, named
from feeds.rulings import meant, ruled_papers
from feeds.tagging import Tagged, write_tags

# Writers of papers go one after another, a batch each: that two of them resolve one paper
# twice is ruled out, and with it every conflict between them.
_LOCK = 0x6272_6F61
_PAPER = [
    column.name
    for column in Paper._meta.concrete_fields  # noqa: SLF001 (Django documents _meta)
]
_KEPT = ("id", "created_at", "dropped_at", "gist", "gist_by")
_CHANGING = ["id", *(name for name in _PAPER if name not in _KEPT)]
_LISTING = ["paper_id", "source_id", "digest_id", "date", "position", "votes", "comments"]
_VERSION = ["paper_id", "number", "submitted_at", "withdrawn", "note"]


def lock_papers() -> None:
    """Waits until no one else writes papers, and keeps others waiting to the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def write(records: list[tuple[PaperRecord, Place]], listed: set[int]) -> list[Outcome]:
    """Writes the records' papers. The caller holds `lock_papers`.

    Outcomes come in the records' order. A record that changes nothing writes no paper. Papers
    in `listed` have their place in the digest already and keep it; those written are added.
    """
    entries, names = _resolve(records)
    _write_papers(entries)
    want({entry.paper.id: entry.paper for entry in entries if _reworded(entry)}.values())
    tagged = write_tags([_tagged(entry) for entry in entries])
    moved = write_stats(entries)
    copy_rows(Identifier, ["paper_id", "scheme", "value"], _name_rows(names))
    _write_versions(entries)
    _write_listings([entry for entry in entries if entry.paper.id not in listed], listed)
    for entry in entries:
        if entry.change == "unchanged" and entry.paper.id in tagged | moved:
            entry.change = "updated"
    return [Outcome(entry.paper.id, entry.change) for entry in entries]


def _resolve(
    records: list[tuple[PaperRecord, Place]],
) -> tuple[list[Entry], dict[Name, Paper]]:
    """The records' papers, and the names that are new with the papers that they are of."""
    all_named = [named(record) for record, _ in records]
    known = known_papers(name for one in all_named for name in one.names)
    before = set(known)
    ruled = ruled_papers({place.digest.id for _, place in records}, known.values())
    papers = {paper.id: paper for paper in (*known.values(), *ruled.values())}
    tellers = tellers_of(list(papers.values()))
    entries = []
    for one, (_, place) in zip(all_named, records, strict=True):
        paper = meant(one, place.digest.id, known, ruled)
        entries.append(_entry(one.record, place, paper, tellers))
        for name in one.names:
            known.setdefault(name, entries[-1].paper)
    return entries, {name: paper for name, paper in known.items() if name not in before}


def _entry(
    record: PaperRecord, place: Place, paper: Paper | None, tellers: dict[int, Teller]
) -> Entry:
    digest = place.digest
    teller = Teller(digest.id, digest.parser, digest.date.isoformat())
    tellers[digest.id] = teller
    if paper is None:
        paper = new_paper(record)
        return Entry(record, place, paper, "new", merge(paper, record, teller, tellers))
    told = paper.told
    changed = merge(paper, record, teller, tellers)
    change = "updated" if changed else "unchanged"
    return Entry(record, place, paper, change, changed, confirmed=told != paper.told)


def _write_papers(entries: list[Entry]) -> None:
    now = timezone.now()
    new = [entry.paper for entry in entries if entry.change == "new"]
    for paper, paper_id in zip(new, next_ids(Paper, len(new)), strict=True):
        paper.id, paper.created_at, paper.changed_at = paper_id, now, now
    copy_rows(Paper, _PAPER, (_values(paper, _PAPER) for paper in new))
    added = {paper.id for paper in new}
    known = [entry for entry in entries if entry.paper.id not in added]
    changed = {entry.paper.id: entry.paper for entry in known if entry.changed}
    former = [name for name in map(_adopt_arxiv_id, changed.values()) if name]
    if former:
        # A row whose key changes is locked after its numbers, as whoever votes locks them.
        ids = [name.paper_id for name in former]
        list(PaperStats.objects.filter(paper__in=ids).order_by("paper_id").select_for_update())
        Identifier.objects.bulk_create(former, ignore_conflicts=True)
    for paper in changed.values():
        paper.changed_at = now
    update_rows(Paper, _CHANGING, [_values(paper, _CHANGING) for paper in changed.values()])
    # The same words from a better digest: no change to a reader, but it holds from then on.
    confirmed = {entry.paper.id: entry.paper for entry in known if entry.confirmed}
    update_rows(Paper, ["id", "told"], [(id_, paper.told) for id_, paper in confirmed.items()])


def _values(paper: Paper, names: list[str]) -> list[object]:
    return [getattr(paper, name) for name in names]


def _adopt_arxiv_id(paper: Paper) -> Identifier | None:
    """Moves a paper that now has an arXiv id to it; returns its former key as a name."""
    if not paper.arxiv_id or paper.key == paper.arxiv_id:
        return None
    former = Identifier(paper=paper, scheme="key", value=paper.key)
    paper.key = paper.arxiv_id
    return former


def _name_rows(names: dict[Name, Paper]) -> list[tuple[int, str, str]]:
    return [(paper.id, scheme, value) for (scheme, value), paper in names.items()]


def _write_versions(entries: list[Entry]) -> None:
    rows = {
        (entry.paper.id, version.number): (
            entry.paper.id,
            version.number,
            version.submitted_at,
            version.withdrawn,
            version.note[:500],
        )
        for entry in entries
        # A paper that curators joined goes by the arXiv ids of several.
        if entry.record.arxiv_id in ("", entry.paper.arxiv_id)
        for version in entry.record.versions
    }
    upsert_rows(
        PaperVersion,
        _VERSION,
        rows.values(),
        key=["paper_id", "number"],
        update={
            "submitted_at": "LEAST(old.submitted_at, new.submitted_at)",
            "withdrawn": "old.withdrawn OR new.withdrawn",
            "note": "GREATEST(old.note, new.note)",
        },
    )


def _write_listings(entries: list[Entry], listed: set[int]) -> None:
    first: dict[int, Entry] = {}
    for entry in entries:
        first.setdefault(entry.paper.id, entry)
    listed.update(first)
    new = [_listing(entry) for entry in first.values() if entry.change == "new"]
    copy_rows(Listing, _LISTING, new)
    upsert_rows(
        Listing,
        _LISTING,
        [_listing(entry) for entry in first.values() if entry.change != "new"],
        key=["source_id", "date", "paper_id"],
        update={name: f'new."{name}"' for name in ("digest_id", "position", "votes", "comments")},
    )


def _listing(entry: Entry) -> tuple[object, ...]:
    digest, record = entry.place.digest, entry.record
    return (
        entry.paper.id,
        digest.source_id,
        digest.id,
        digest.date,
        entry.place.position,
        record.votes,
        record.comments,
    )


def _tagged(entry: Entry) -> Tagged:
    """The record with the paper's text, which may be better than its own."""
    paper = entry.paper
    record = replace(entry.record, title=paper.title, abstract=paper.abstract)
    rewritten = bool({"title", "abstract"} & entry.changed)
    return Tagged(paper.id, record, new=entry.change == "new", rewritten=rewritten)


def _reworded(entry: Entry) -> bool:
    return entry.change == "new" or bool({"title", "abstract"} & entry.changed)
