"""The one read path: every output renders what these functions give."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from feeds.authors import author_key
from feeds.cursor import Place, read_cursor, write_cursor
from feeds.identify import arxiv_id, doi
from feeds.models import (
    Digest,
    Identifier,
    Listing,
    Paper,
    PaperTag,
    PaperVersion,
    Tag,
    Vote,
)
from feeds.models.paper import PaperQuerySet
from feeds.query import FeedQuery
from feeds.records import Facet, ListingView, PaperView, TagView, Version
from feeds.scoring import score

PAGE = 50
MOST = 100
# Facets are counted among this many of a list's first papers: enough to choose by, and
# never a count over everything.
FACET_DEPTH = 500


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a query's answer.

    `query` is the question with its date filled in ("latest" became a day), `previous` and
    `next` the first days of the neighbouring periods that have papers for it. `cursor` is
    the token of the page after this one, empty on the last.
    """

    query: FeedQuery
    papers: tuple[PaperView, ...]
    cursor: str
    previous: date | None
    next: date | None
    byline: str


def papers_in(
    query: FeedQuery, *, viewer: int | None = None, cursor: str = "", limit: int = PAGE
) -> Page:
    """A page of at most `limit` papers (1…100), as the user `viewer` sees them.

    Raises QueryError for a cursor that is none of ours.
    """
    query = at_latest(query)
    found = _matching(query)
    rank = 0
    if cursor:
        place = read_cursor(cursor)
        found = found.after(query.sort, place.score, place.paper_id)
        rank = place.rank
    size = max(1, min(limit, MOST))
    rows = list(_with_all(found.ranked(query.sort))[: size + 1])
    more = len(rows) > size
    views = _views(rows[:size], query.sort, viewer, rank)
    return Page(
        query=query,
        papers=views,
        cursor=_cursor_after(rows[size - 1], query.sort, rank + size) if more else "",
        previous=_neighbour(query, later=False),
        next=_neighbour(query, later=True),
        byline=_byline(query),
    )


def paper(name: str, *, viewer: int | None = None, sort: str = "hot") -> PaperView | None:
    """The paper of that key, of a former key, or of that arXiv id or DOI, however written
    ("arXiv:2404.01234v2"); None if there is none.
    """
    if "\0" in name:
        return None
    visible = _with_all(Paper.objects.visible())
    row = visible.filter(key=name).first()
    if row is None:
        row = visible.filter(identifiers__in=_identifiers(name)).first()
    return _views([row], sort, viewer, 0)[0] if row else None


def tag(slug: str) -> TagView | None:
    """The tag of that name, None if no paper ever carried it."""
    return tags_named([slug]).get(slug)


def tags_named(slugs: Collection[str]) -> dict[str, TagView]:
    """The tags of those names, by name; one that no paper ever carried is missing."""
    rows = Tag.objects.filter(slug__in=slugs) if slugs else []
    return {row.slug: _plain_tag(row) for row in rows}


def tags(limit: int = 200) -> list[TagView]:
    """All tags by name."""
    return [_plain_tag(row) for row in Tag.objects.order_by("name")[:limit]]


def facets(query: FeedQuery, limit: int = 12) -> list[Facet]:
    """The commonest topics among the first papers of the list, most papers first."""
    query = at_latest(query)
    first = _matching(query).ranked(query.sort).values("id")[:FACET_DEPTH]
    rows = (
        PaperTag.objects.filter(paper_id__in=first)
        .exclude(tag__kind=Tag.Kind.CATEGORY)
        .values("tag__slug", "tag__name", "tag__kind")
        .annotate(papers=Count("paper_id"))
        .order_by("-papers", "tag__name")[:limit]
    )
    return [
        Facet(TagView(row["tag__slug"], row["tag__name"], row["tag__kind"]), row["papers"])
        for row in rows
    ]


def at_latest(query: FeedQuery, until: date | None = None) -> FeedQuery:
    """The query with its date filled in: the latest period that has papers for it.

    `until` bounds that: the period holds a day that is not after it. A query over all time,
    or with a date, comes back as it is; where no paper was ever listed, so does any other.
    """
    if query.period == "all" or query.date:
        return query
    listings = _listings(query)
    if until:
        listings = listings.filter(date__lte=until)
    latest = listings.order_by("-date").values_list("date", flat=True).first()
    return query.on(query.period, latest) if latest else query


def _identifiers(name: str) -> QuerySet[Identifier]:
    return Identifier.objects.filter(
        Q(scheme="key", value=name)
        | Q(scheme="arxiv", value=arxiv_id(name))
        | Q(scheme="doi", value=doi(name))
    )


def _matching(query: FeedQuery) -> PaperQuerySet:
    found = Paper.objects.visible()
    for slug in query.tags:
        found = found.tagged(slug)
    for slug in query.without_tags:
        found = found.not_tagged(slug)
    for author in query.authors:
        found = found.by_author(author_key(author))
    if query.words:
        found = found.matching(query.words)
    if "code" in query.has:
        found = found.with_code()
    if query.date or query.sources:
        found = found.listed(query.date, query.last_day, query.sources)
    return found


def _listings(query: FeedQuery) -> QuerySet[Listing]:
    papers = _matching(replace(query, period="all", date=None, sources=()))
    listings = Listing.objects.filter(paper__in=papers)
    return listings.filter(source__slug__in=query.sources) if query.sources else listings


def _neighbour(query: FeedQuery, *, later: bool) -> date | None:
    if not query.date or not query.last_day:
        return None
    listings = _listings(query)
    if later:
        beside = listings.filter(date__gt=query.last_day).order_by("date")
    else:
        beside = listings.filter(date__lt=query.date).order_by("-date")
    day = beside.values_list("date", flat=True).first()
    return query.on(query.period, day).date if day else None


def _byline(query: FeedQuery) -> str:
    if not query.date:
        return ""
    digests = Digest.objects.filter(date__range=(query.date, query.last_day)).exclude(byline="")
    return digests.order_by("-date", "-id").values_list("byline", flat=True).first() or ""


def _with_all(papers: PaperQuerySet) -> PaperQuerySet:
    tags = PaperTag.objects.select_related("tag").order_by("-confidence", "tag__name")
    listings = Listing.objects.select_related("source").order_by("-date", "position")
    versions = PaperVersion.objects.order_by("number")
    return (
        papers.select_related("stats")
        .defer("told")
        .prefetch_related(
            Prefetch("paper_tags", tags),
            Prefetch("listings", listings),
            Prefetch("versions", versions),
        )
    )


def _views(rows: list[Paper], sort: str, viewer: int | None, rank: int) -> tuple[PaperView, ...]:
    voted: set[int] = set()
    if viewer is not None:
        mine = Vote.objects.filter(user_id=viewer, paper__in=rows)
        voted = set(mine.values_list("paper_id", flat=True))
    return tuple(
        replace(_view(row, sort), rank=rank + place, voted=row.id in voted)
        for place, row in enumerate(rows, start=1)
    )


def _cursor_after(row: Paper, sort: str, rank: int) -> str:
    return write_cursor(Place(getattr(row.stats, sort), row.id, rank))


def _view(row: Paper, sort: str) -> PaperView:
    return PaperView(
        id=row.id,
        key=row.key,
        arxiv_id=row.arxiv_id,
        doi=row.doi,
        title=row.title_text,
        title_tex=row.title,
        title_html=row.title_html,
        abstract=row.abstract,
        abstract_html=row.abstract_html,
        excerpt=row.excerpt,
        summary=row.summary,
        authors=tuple(row.authors),
        published_at=row.published_at,
        listed_at=row.stats.listed_at,
        tags=tuple(_tag_view(tag) for tag in row.paper_tags.all()),
        listings=tuple(_listing_view(listing) for listing in row.listings.all()),
        votes=row.stats.votes + row.stats.reported_votes,
        comments=row.stats.comments,
        code_url=row.code_url,
        code_stars=row.code_stars,
        project_url=row.project_url,
        thumbnail_url=row.thumbnail_url,
        organization=row.organization,
        changed_at=row.changed_at,
        score=score(row.stats, sort),
        versions=tuple(_version(version) for version in row.versions.all()),
    )


def _plain_tag(row: Tag) -> TagView:
    return TagView(row.slug, row.name, row.kind, description=row.description)


def _tag_view(row: PaperTag) -> TagView:
    return TagView(row.tag.slug, row.tag.name, row.tag.kind, row.tagger, row.why, row.confidence)


def _listing_view(row: Listing) -> ListingView:
    return ListingView(row.source.name, row.source.slug, row.date, row.position + 1, row.votes)


def _version(row: PaperVersion) -> Version:
    return Version(row.number, row.submitted_at, row.withdrawn, row.note)
