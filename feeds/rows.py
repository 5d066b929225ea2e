"""What is read of the database for the papers of a list: four questions, however many papers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import CharField, F
from django.db.models.functions import Cast

from feeds.fixed import Fixed, ask
from feeds.models import Listing, Paper, PaperTag, PaperVersion
from feeds.records import ListingView, Version


class PaperRow(NamedTuple):
    """A paper and its signals, named as their columns are; a time is told by a property."""

    id: int
    key: str
    arxiv_id: str
    doi: str
    title: str
    title_text: str
    title_html: str
    abstract: str
    abstract_html: str
    excerpt: str
    summary: str
    gist: str
    gist_by: str
    authors: list[str]
    organization: str
    code_url: str
    code_stars: int | None
    project_url: str
    thumbnail_url: str
    votes: int
    reported_votes: int
    comments: int
    own_comments: int
    place: int
    first_votes: int
    usual_votes: float | None
    followers: int | None
    published: str | None
    changed: str
    listed: str
    rising_since: str

    @property
    def published_at(self) -> dt.datetime | None:
        return _moment(self.published) if self.published else None

    @property
    def changed_at(self) -> dt.datetime:
        return _moment(self.changed)

    @property
    def listed_at(self) -> dt.datetime:
        return _moment(self.listed)

    @property
    def rising_at(self) -> dt.datetime:
        return _moment(self.rising_since)


class TagRow(NamedTuple):
    paper_id: int
    id: int
    slug: str
    name: str
    kind: str
    tagger: str
    why: str
    confidence: float


Row = TypeVar("Row")
Told = tuple[int, Row]  # beside the id of the paper of which it is told

_STATS = frozenset(
    "votes reported_votes comments own_comments place first_votes usual_votes followers".split()
)
# Times are read as text: as such they come in a fraction of the processor time.
_TIMES = {
    "published": "published_at",
    "changed": "changed_at",
    "listed": "stats__listed_at",
    "rising_since": "stats__rising_at",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """What is told of some papers, by their ids: their tags the surest first, where digests named
    them the last first, and their versions.
    """

    papers: dict[int, PaperRow]
    tags: Mapping[int, list[TagRow]]
    listings: Mapping[int, list[ListingView]]
    versions: Mapping[int, list[Version]]


def rows_of(ids: Iterable[int]) -> Rows:
    """Those of the papers that readers may see, and all that is told of them."""
    papers, tags, listings, versions = ask((_PAPERS, _TAGS, _LISTINGS, _VERSIONS), ids)
    return Rows(
        papers={row.id: row for row in papers},
        tags=_by_paper((row.paper_id, row) for row in tags),
        listings=_by_paper(listings),
        versions=_by_paper(versions),
    )


def _by_paper(told: Iterable[Told[Row]]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for paper, row in told:
        found[paper].append(row)
    return found


def _of_paper(shape: Callable[..., Row]) -> Callable[..., Told[Row]]:
    return lambda paper, *columns: (paper, shape(*columns))


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _column(name: str) -> Any:
    if name in _TIMES:
        return Cast(_TIMES[name], CharField())
    return F(f"stats__{name}" if name in _STATS else name)


_PAPERS = Fixed(
    lambda: (
        Paper.objects.visible()
        .filter(stats__isnull=False)
        .annotate(**{f"of_{name}": _column(name) for name in PaperRow._fields})
        .values_list(*(f"of_{name}" for name in PaperRow._fields))
    ),
    "pk",
    PaperRow,
)
_TAGS = Fixed(
    lambda: (
        PaperTag.objects.filter(tag__hidden=False)
        .order_by("-confidence", "tag__name")
        .values_list(
            "paper_id", "id", "tag__slug", "tag__name", "tag__kind", "tagger", "why", "confidence"
        )
    ),
    "paper_id",
    TagRow,
)
_LISTINGS = Fixed(
    lambda: Listing.objects.order_by("-date", "position").values_list(
        "paper_id", "source__name", "source__slug", "date", F("position") + 1, "votes"
    ),
    "paper_id",
    _of_paper(ListingView),
)
_VERSIONS = Fixed(
    lambda: PaperVersion.objects.order_by("number").values_list(
        "paper_id", "number", "submitted_at", "withdrawn", "note"
    ),
    "paper_id",
    _of_paper(Version),
)
