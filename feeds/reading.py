"""The one read path: every output renders what these functions give."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import Count
from django.utils.translation import gettext as _

from feeds import periods
from feeds.called import all_called, called
from feeds.claimed import writers
from feeds.collected import collection_names
from feeds.cursor import Place, read_cursor, write_cursor
from feeds.editions import Chosen, edition_of, in_order
from feeds.followed import best
from feeds.for_you.reading import explained_for, state_of
from feeds.meant import (
    answering,
    as_it_is_called,
    asking,
    by_closeness,
    by_place,
    feed_asked,
    in_its_order,
    own_order,
    stored_order,
    within,
)
from feeds.models import Paper, PaperTag, Tag
from feeds.named import FeedView, feed_named
from feeds.query import FOLLOWING, FeedQuery, NotThere
from feeds.rankers.base import DEFAULTS, Constants
from feeds.records import Facet, PaperView, TagView
from feeds.search.relevance import answered, notice
from feeds.similar import Near, explained, like, titles, worded
from feeds.standing import standing
from feeds.submitted import submitters
from feeds.tops import firsts, near_the_top, plainly_of_days
from feeds.turning import NO_PAPER, before, in_order_of, next_of, ranked
from feeds.unchanged import one_moment
from feeds.viewing import views

PAGE = 50
MOST = 100
# Facets are counted among this many of a list's first papers: enough to choose by, and
# never a count over everything.
FACET_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a query's answer.

    `query` is the question with its date filled in ("latest" became a day) and its feed under the
    name that it has now, `previous` and
    `next` the first days of the neighbouring periods that have papers for it. `cursor` is
    the token of the page after this one, empty on the last. Of a feed's edition, `note` is the
    curators' word to the readers, and `corrections` what was changed after its end; `constants` are
    those of the scores. `notice` says where it could not be answered as it was asked.
    """

    query: FeedQuery
    papers: tuple[PaperView, ...]
    cursor: str
    previous: date | None
    next: date | None
    byline: str
    feed: FeedView | None = None
    note: str = ""
    corrections: tuple[str, ...] = ()
    constants: Constants = DEFAULTS
    notice: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """What readers are told of the edition: the note, and each correction as one."""
        corrected = (f"Correction: {text}" for text in self.corrections)
        return (*((self.note,) if self.note else ()), *corrected)


@dataclass(frozen=True, slots=True)
class Similar:
    """Papers that are like one, the likest first, and how near each is, by its id.

    `by_meaning` is false where words alone decided, as there is no vector.
    """

    papers: tuple[PaperView, ...]
    near: Mapping[int, Near]
    by_meaning: bool


@one_moment()
def papers_in(
    query: FeedQuery,
    *,
    viewer: int | None = None,
    cursor: str = "",
    limit: int = PAGE,
    alone: bool = False,
) -> Page:
    """A page of at most `limit` papers (1…100), as the user `viewer` sees them; `alone` it tells
    of no periods beside its own, nor of whose it is.

    Raises QueryError for a cursor that is none of ours, NotThere for a feed, a collection or a
    paper that is not there or that the viewer may not know of, SignIn for one's own order where
    there is no viewer.
    """
    feed = feed_asked(query, viewer)
    query = as_it_is_called(query, feed)
    query = in_its_order(periods.latest(query, feed, viewer=viewer), feed)
    size = max(1, min(limit, MOST))
    place = read_cursor(cursor) if cursor else None
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    pieces, relevant = answering(query, feed, chosen, viewer, before(place) + size)
    stored, own = stored_order(query), own_order(pieces, query, viewer)
    ordered = own.papers if own else in_order(chosen, replace(query, sort=stored), feed)
    ordered = relevant.papers if relevant else ordered
    if ordered is None and by_closeness(query):
        ordered = tuple(one.paper for one in like(query.similar))
    if relevant and relevant.bare:
        ids, last = next_of(relevant.papers, place, size)
    elif ordered is not None:
        ids, last = in_order_of(pieces, ordered, stored, place, size)
    else:
        plain = plainly_of_days(query, feed)
        known = firsts(query, viewer, stored, place, size + 1) if plain else None
        ids, last = ranked(pieces, stored, place, size, known)
    rank = before(place)
    papers = views(ids, stored, viewer, rank, chosen.notes, constants=chosen.constants)
    papers = explained_for(papers, viewer, own.explored) if own and viewer else papers
    papers = answered(papers, relevant) if relevant else papers
    neighbour = partial(periods.neighbour, asking(query), feed, viewer=viewer)
    return Page(
        query=query,
        papers=explained(papers, query.similar),
        cursor=write_cursor(last) if last else "",
        previous=None if alone else neighbour(later=False),
        next=None if alone else neighbour(later=True),
        byline="" if alone else periods.byline(query, feed),
        feed=feed,
        note=chosen.note or (state_of(viewer).note if own and viewer and not papers else ""),
        corrections=chosen.corrections,
        constants=chosen.constants,
        notice="" if relevant else notice(query),
    )


def among(query: FeedQuery, papers: Collection[int], *, viewer: int | None = None) -> set[int]:
    """Which of these papers (ids) the question means, as the viewer sees them. Raises NotThere."""
    feed = feed_asked(query, viewer)
    query = periods.latest(query, feed, viewer=viewer)
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    pieces = within(query, feed, chosen, viewer)
    found = (piece.filter(pk__in=papers).values_list("pk", flat=True) for piece in pieces)
    return {paper for piece in found for paper in piece}


def cursor_after(query: FeedQuery, passed: int, *, viewer: int | None = None) -> str | None:
    """The token of the page after the first `passed` papers of the list; None past its end.

    For clients that count pages: it reads the order of all papers that it passes over. Raises
    NotThere.
    """
    feed = feed_asked(query, viewer)
    query = in_its_order(periods.latest(query, feed, viewer=viewer), feed)
    if (feed and query.date and query.sort == feed.query.sort) or by_place(query):
        return write_cursor(Place(0.0, NO_PAPER, passed))
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    stored = stored_order(query)
    first = best(within(query, feed, chosen, viewer), stored, passed)
    last = first.values_list(f"stats__{stored}", "id")[passed - 1 : passed].first()
    return write_cursor(Place(last[0], last[1], passed)) if last else None


def paper(name: str, *, viewer: int | None = None, sort: str = "hot") -> PaperView | None:
    """The paper of that key, of a former key, or of that arXiv id or DOI, however written
    ("arXiv:2404.01234v2"); None if there is none.
    """
    row = called(Paper.objects.visible().only("pk"), name)
    found = views([row.pk], sort, viewer, every_order=True) if row else ()
    return next(
        (replace(one, givers=submitters(one.id), writers=writers(one.id)) for one in found), None
    )


def papers_called(names: Sequence[str], *, viewer: int | None = None) -> dict[str, PaperView]:
    """The papers of those names, which are as for `paper`; those that are known, in that order."""
    ids = all_called(Paper.objects.visible(), names)
    shown = {view.id: view for view in views(list(set(ids.values())), "hot", viewer)}
    return {name: shown[pk] for name, pk in ids.items() if pk in shown}


def these(ids: Sequence[int]) -> tuple[PaperView, ...]:
    """Those papers in that order, as anybody sees them; one that was joined to another since is
    read as that one, and one that was dropped is left out.
    """
    stands = standing(ids)
    return views(list(dict.fromkeys(stands[paper] for paper in ids)), "hot", None)


def keys_of(ids: Iterable[int]) -> dict[int, str]:
    """The keys under which those papers are known, by their ids; dropped ones too."""
    return dict(Paper.objects.filter(pk__in=set(ids)).values_list("pk", "key"))


def similar(paper: PaperView, *, viewer: int | None = None, limit: int = PAGE) -> Similar:
    """The papers that are like this one, as the viewer sees them."""
    near = {one.paper: one for one in like(paper.key)}
    shown = [Paper.objects.visible().not_hidden_by(viewer)]
    ids, _ = in_order_of(shown, tuple(near), "hot", None, limit)
    near |= worded(paper.key, near, ids)
    topics = {tag.slug for tag in paper.topics}
    papers = explained(views(ids, "hot", viewer), paper.key, topics, near)
    return Similar(papers, near, any(one.meaning is not None for one in near.values()))


def tag(slug: str) -> TagView | None:
    """The tag of that name, or of one that was merged into it; None if there never was one."""
    return tags_named([slug]).get(slug)


def tags_named(slugs: Collection[str]) -> dict[str, TagView]:
    """The tags of those names, by name, which may be one that was merged into a tag."""
    rows = Tag.objects.filter(slug__in=slugs).select_related("merged_into") if slugs else []
    return {row.slug: _plain_tag(row.merged_into or row) for row in rows}


def names_in(queries: Iterable[FeedQuery], *, viewer: int | None = None) -> dict[str, str]:
    """The names of the tags in these questions by their slugs, of the feeds and collections
    that the viewer may know of by "feed:" or "in:" and theirs, and of papers by "similar:".
    """
    asked = list(queries)
    slugs = {slug for query in asked for slug in (*query.tags, *query.without_tags)}
    found = {slug: tag.name for slug, tag in tags_named(slugs).items()}
    for slug in {query.feed for query in asked if query.feed}:
        with suppress(NotThere):
            found[f"feed:{slug}"] = feed_named(slug, viewer).name
    kept = {query.collection for query in asked if query.collection}
    for slug, name in (collection_names(kept, viewer) if kept else {}).items():
        found[f"in:{slug}"] = name
    found |= titles({query.similar for query in asked if query.similar})
    if FOLLOWING in kept:
        found[f"in:{FOLLOWING}"] = _("what you follow")
    return found


def tags(limit: int = 200) -> list[TagView]:
    """All tags by name."""
    return [_plain_tag(row) for row in Tag.objects.shown().order_by("name")[:limit]]


def facets(query: FeedQuery, limit: int = 12, *, viewer: int | None = None) -> list[Facet]:
    """The commonest topics among the first papers of the list, most papers first.

    Raises NotThere.
    """
    feed = feed_asked(query, viewer)
    query = in_its_order(periods.latest(query, feed, viewer=viewer), feed)
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    pieces, relevant = answering(query, feed, chosen, viewer, 0)
    if relevant:
        every = pieces or [Paper.objects.visible()]
        pieces = [found.filter(pk__in=relevant.papers) for found in every]
    stored = stored_order(query)
    if plainly_of_days(query, feed):
        pieces = [near_the_top(query, viewer, stored, FACET_DEPTH)]
    best_ones = best(pieces, stored, FACET_DEPTH)
    first = best_ones.values("id")[:FACET_DEPTH]
    rows = (
        PaperTag.objects.filter(paper_id__in=first)
        .filter(tag__hidden=False)
        .exclude(tag__kind=Tag.Kind.CATEGORY)
        .values("tag__slug", "tag__name", "tag__kind")
        .annotate(papers=Count("paper_id"))
        .order_by("-papers", "tag__name")[:limit]
    )
    return [
        Facet(TagView(row["tag__slug"], row["tag__name"], row["tag__kind"]), row["papers"])
        for row in rows
    ]


def at_latest(
    query: FeedQuery, until: date | None = None, *, viewer: int | None = None
) -> FeedQuery:
    """The query with its date filled in: the latest period that has papers for it.

    `until` bounds that: the period holds a day that is not after it. A query over all time,
    or with a date, comes back as it is; where no paper was ever listed, so does any other.
    Raises NotThere.
    """
    return periods.latest(query, feed_asked(query, viewer), until, viewer=viewer)


def _plain_tag(row: Tag) -> TagView:
    return TagView(row.slug, row.name, row.kind, description=row.description)
