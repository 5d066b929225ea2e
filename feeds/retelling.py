"""Digests that were read before, told again: to the papers that they name by now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from feeds.batch import Place
from feeds.models import Digest, Identifier, Joining, Listing, Paper, Ruling
from feeds.models.raw import NotKept
from feeds.parsers.base import UnknownFormat, parse
from feeds.records import PaperRecord, RawDigest
from feeds.resolve import Name, Named, known_papers, named
from feeds.rulings import meant, ruled_papers
from feeds.writing import write

# The clocks of two machines may differ; telling once too often changes nothing.
_SKEW = dt.timedelta(minutes=5)
_MOST_OF_A_DAY = 20


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
        found = [
            (place, one, meant(one, self.digest.pk, known, ruled)) for place, one in self.entries
        ]
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


def telling(paper: Paper) -> list[Digest]:
    """The digests of the sources and days at which the paper stands, and those that told its
    fields, in the order in which they were read.
    """
    stands = Listing.objects.filter(paper=paper)
    sure = {*stands.values_list("digest_id", flat=True), *_tellers(paper)}
    here = stands.filter(source=OuterRef("source"), date=OuterRef("date"))
    return _in_order(Digest.objects.filter(Exists(here) | Q(pk__in=_tellers(paper))), sure)


def read_since(joining: Joining) -> list[Digest]:
    """The digests that were read since the joining was made and may have spoken of its papers,
    in that order: those of the sources and days at which one stands, or stood.
    """
    moment = joining.taken_at or joining.made_at
    late = Q(ingested_at__isnull=True) | Q(ingested_at__gte=moment - _SKEW)
    stands = Listing.objects.filter(paper__in=(joining.kept_id, joining.absorbed_id))
    stood = joining.listings_before.all()
    sure = {
        *stands.values_list("digest_id", flat=True),
        *stood.values_list("digest_id", flat=True),
        *_tellers(joining.kept),
    }
    here = Q(source=OuterRef("source"), date=OuterRef("date"))
    near = Exists(stands.filter(here)) | Exists(stood.filter(here))
    return _in_order(Digest.objects.filter(late, near), sure)


def _tellers(paper: Paper) -> set[int]:
    return {digest_id for digest_id, _ in paper.told.values()}


def _in_order(rows: QuerySet[Digest], sure: Collection[int]) -> list[Digest]:
    """The digests as they were read; of a source that had many on a day only those in `sure`.

    A harvest brings hundreds of documents a day: to read them all again takes minutes.
    """
    by_day: dict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for digest_id, source_id, day in rows.values_list("id", "source_id", "date"):
        by_day[source_id, day].append(digest_id)
    few = {pk for ids in by_day.values() if len(ids) <= _MOST_OF_A_DAY for pk in ids}
    wanted = Q(pk__in=few) | Q(pk__in=sure)
    found = rows.filter(wanted).select_related("source", "document")
    return list(found.order_by("ingested_at", "id"))


def _records(digest: Digest) -> Iterator[tuple[int, PaperRecord]]:
    today = digest.fetched_at.astimezone(dt.UTC).date()
    raw = RawDigest(digest.content(), today, digest.date, digest.name)
    try:
        parsed = parse(raw, digest.parser)
    except (UnknownFormat, KeyError, NotKept) as error:
        said = _("“%(digest)s” cannot be read again.")
        raise Unreadable(said % {"digest": digest}) from error
    records = (entry for entry in parsed.entries if isinstance(entry, PaperRecord))
    return enumerate(records)
