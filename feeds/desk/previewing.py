"""What a proposed document would bring, before it is put in; looking changes nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from feeds.desk.proposing import day_of, recognised, slug_of
from feeds.desk.records import format_of
from feeds.merging import Teller, merge, new_paper, tellers_of
from feeds.models import Digest, Paper, PaperStats, Proposal, Source
from feeds.parsers.base import UnknownFormat
from feeds.records import PaperRecord, ParsedDigest, Problem
from feeds.resolve import known_papers, named, paper_of

SHOWN = 20
_NOT_YET = 2**62  # a digest that comes later than any that there is
_WORDS = {
    "arxiv_id": gettext_noop("arXiv id"),
    "doi": "DOI",
    "title": gettext_noop("title"),
    "abstract": gettext_noop("abstract"),
    "summary": gettext_noop("summary"),
    "authors": gettext_noop("authors"),
    "published_at": gettext_noop("date"),
    "code_url": gettext_noop("code"),
    "code_stars": gettext_noop("stars"),
    "project_url": gettext_noop("project page"),
    "thumbnail_url": gettext_noop("picture"),
    "organization": gettext_noop("organisation"),
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One of the first entries. `key` is that of the paper it is of, "" where it is new;
    `changes` are the fields that would change. One with a `reason` would be put aside; one
    that comes `again` is of a new paper that stands above."""

    place: str
    title: str = ""
    authors: tuple[str, ...] = ()
    arxiv_id: str = ""
    doi: str = ""
    key: str = ""
    changes: tuple[str, ...] = ()
    reason: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that was given and not put in yet."""

    id: int
    name: str
    source_name: str
    source_is_new: bool
    created_at: dt.datetime
    size: int
    chosen_day: dt.date | None
    chosen_parser: str


@dataclass(frozen=True, slots=True)
class Counted:
    """So many entries and problems; up to here, unless it is `whole`."""

    entries: int
    rejected: int
    problems: tuple[Problem, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Same:
    """A digest that is this very document."""

    id: int
    source: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Preview:
    """`tried` are the formats that declined, with the reason; then there is nothing else."""

    waiting: Waiting
    counted: Counted
    format: str = ""
    day: dt.date | None = None
    day_is_its_own: bool = False
    first: tuple[EntryLine, ...] = ()
    same: tuple[Same, ...] = ()
    tried: tuple[tuple[str, str], ...] = ()


def preview(proposal_id: int) -> Preview | None:
    """What is known of it now; None where it is gone."""
    row = _row(proposal_id)
    if row is None:
        return None
    try:
        parsed = recognised(row)
    except UnknownFormat as unknown:
        return Preview(_waiting(row), _counted(row), tried=tuple(unknown.tried))
    day = day_of(row, parsed)
    return Preview(
        _waiting(row),
        _counted(row),
        format_of(parsed.parser),
        day,
        day_is_its_own=row.day is None and parsed.date is not None,
        first=tuple(_weighed(parsed, day)),
        same=_same(row),
    )


def counted(proposal_id: int) -> Counted | None:
    row = _row(proposal_id)
    return _counted(row) if row else None


def all_waiting() -> list[Waiting]:
    """What waits for a curator's word, the last first; each is swept away after a day."""
    return [_waiting(row) for row in _rows().order_by("-id")[:SHOWN]]


def _rows() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("document")


def _row(proposal_id: int) -> Proposal | None:
    return _rows().filter(pk=proposal_id).first()


def _waiting(row: Proposal) -> Waiting:
    known = Source.objects.filter(slug=slug_of(row.source_name)).first()
    return Waiting(
        row.pk,
        row.name,
        known.name if known else row.source_name,
        known is None,
        row.created_at,
        row.document.size,
        row.day,
        row.parser,
    )


def _counted(row: Proposal) -> Counted:
    problems = tuple(Problem(place, reason) for place, reason in row.problems)
    return Counted(row.entries, row.rejected, problems, row.counted_at is not None)


def _same(row: Proposal) -> tuple[Same, ...]:
    found = Digest.objects.filter(document=row.document_id).select_related("source").order_by("id")
    return tuple(Same(digest.pk, digest.source.name, digest.date) for digest in found[:SHOWN])


def _weighed(parsed: ParsedDigest, day: dt.date) -> Iterable[EntryLine]:
    """The first entries, each against the papers that there are and those before it."""
    entries = list(islice(parsed.entries, SHOWN))
    records = [named(entry) for entry in entries if isinstance(entry, PaperRecord)]
    known = known_papers(name for record in records for name in record.names)
    papers = {paper.pk: paper for paper in known.values()}
    tellers, teller = tellers_of(list(papers.values())), Teller(_NOT_YET, parsed.parser, f"{day}")
    tellers[teller.digest_id] = teller
    stats = PaperStats.objects.in_bulk(papers)
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, Problem):
            yield EntryLine(entry.place, reason=entry.reason)
            continue
        one = named(entry)
        found = paper_of(one, known)
        paper = found or new_paper(entry)
        changed = merge(paper, entry, teller, tellers)
        for name in one.names:
            known.setdefault(name, paper)
        yield _line(f"{number}", entry, found, _changes(changed, entry, stats.get(paper.pk)))


def _line(
    place: str, entry: PaperRecord, found: Paper | None, changes: tuple[str, ...]
) -> EntryLine:
    saved = found is not None and found.pk is not None
    return EntryLine(
        place,
        entry.title,
        entry.authors,
        entry.arxiv_id,
        entry.doi,
        found.key if found and saved else "",
        changes if saved else (),
        again=found is not None and not saved,
    )


def _changes(changed: set[str], entry: PaperRecord, stats: PaperStats | None) -> tuple[str, ...]:
    words = [_(word) for name, word in _WORDS.items() if name in changed]
    if stats and (entry.votes or 0) > stats.reported_votes:
        words.append("votes")
    if stats and (entry.comments or 0) > stats.comments:
        words.append("comments")
    return tuple(words)
