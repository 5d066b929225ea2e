"""Digests that were read before, told again: to the papers that they name by now."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from feeds.models import Digest, Identifier, Listing, ListingBefore, Paper, Ruling
from feeds.parsers.base import UnknownFormat, parse
from feeds.records import PaperRecord, RawDigest
from feeds.resolve import Name, Named, known_papers, named, paper_of
from feeds.rulings import ruled_papers, title_of
from feeds.writing import Place, write

# The clocks of two machines may differ; telling once too often changes nothing.
_SKEW = dt.timedelta(minutes=5)


class Unreadable(ValueError):
    """A kept document that no parser takes any more; the text says which."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one digest says of the papers in question: its entries with their positions."""

    digest: Digest
    entries: tuple[tuple[int, Named], ...]

    @property
    def names(self) -> set[Name]:
        return {name for _, one in self.entries for name in one.names}

    @property
    def titles(self) -> set[str]:
        return {value for scheme, value in self.names if scheme == "title"}

    def of(self, paper_ids: Collection[int]) -> "Told":
        """Those entries that are of these papers, or of none yet."""
        known = known_papers(self.names)
        ruled = ruled_papers([self.digest.pk], known.values())

        def paper(one: Named) -> Paper | None:
            return ruled.get((self.digest.pk, title_of(one))) or paper_of(one, known)

        found = [(place, one, paper(one)) for place, one in self.entries]
        entries = ((place, one) for place, one, of in found if of is None or of.pk in paper_ids)
        return Told(self.digest, tuple(entries))

    def write(self) -> None:
        """Writes the entries as reading the digest does. The caller holds `lock_papers`."""
        places = [(one.record, Place(self.digest, position)) for position, one in self.entries]
        write(places, set())


def names_of(paper_ids: Collection[int]) -> set[Name]:
    """All names that these papers go by."""
    rows = Identifier.objects.filter(paper__in=paper_ids)
    return set(rows.values_list("scheme", "value"))


def told_by(digest: Digest, names: Collection[Name]) -> Told:
    """The entries of a digest that go by one of the names. Raises Unreadable."""
    ruled = Ruling.objects.filter(digest=digest).values_list("title", flat=True)
    wanted = {*names, *(("title", title) for title in ruled)}
    entries = ((position, named(record)) for position, record in _records(digest))
    found = ((position, one) for position, one in entries if not wanted.isdisjoint(one.names))
    return Told(digest, tuple(found))


def read_since(moment: dt.datetime, papers: Iterable[int], joining: int) -> QuerySet[Digest]:
    """The digests that may have been read after `moment` and may have spoken of the papers:
    those of the sources and days at which a paper stands, or stood before the joining.
    """
    here = Q(source=OuterRef("source"), date=OuterRef("date"))
    late = Q(ingested_at__isnull=True) | Q(ingested_at__gte=moment - _SKEW)
    stands = Listing.objects.filter(here, paper__in=list(papers))
    stood = ListingBefore.objects.filter(here, joining=joining)
    found = Digest.objects.filter(late).filter(Exists(stands) | Exists(stood))
    return found.select_related("source", "document").order_by("ingested_at", "id")


def _records(digest: Digest) -> Iterator[tuple[int, PaperRecord]]:
    today = digest.fetched_at.astimezone(dt.UTC).date()
    raw = RawDigest(digest.content(), today, digest.date, digest.name)
    try:
        parsed = parse(raw, digest.parser)
    except (UnknownFormat, KeyError) as error:
        raise Unreadable(f"“{digest}” cannot be read again.") from error
    records = (entry for entry in parsed.entries if isinstance(entry, PaperRecord))
    return enumerate(records)
