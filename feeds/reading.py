"""The one read path: every output renders what these functions give."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from feeds import periods
from feeds.called import all_called, called
from feeds.claimed import writers
from feeds.collected import check_collection, collection_names
from feeds.cursor import Place, read_cursor, write_cursor
from feeds.editions import Chosen, edition_of, in_order
from feeds.followed import best, parts, parts_of
from feeds.for_you.ordering import Ordered
from feeds.for_you.reading import check_for_you, explained_for, in_readers_order, state_of
from feeds.models import Paper, PaperTag, Tag
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView, feed_named, feed_of
from feeds.query import FOLLOWING, FOR_YOU, RELEVANCE, FeedQuery, NotThere
from feeds.rankers.base import DEFAULTS, Constants
from feeds.records import Facet, PaperView, TagView
from feeds.search.matched import matched
from feeds.search.ranking import MOST as MOST_RANKED
from feeds.search.ranking import Ranking, ranking
from feeds.search.relevance import answered, notice
from feeds.similar import Near, check_similar, explained, like, titles
from feeds.standing import standing
from feeds.submitted import submitters
from feeds.viewing import views

PAGE = 50
MOST = 100
# Facets are counted among this many of a list's first papers: enough to choose by, and
# never a count over everything.
FACET_DEPTH = 500
# In a cursor that only counts: the id of no paper, after which no list goes on.
NO_PAPER = 10**17
# And the score that is above all stored ones: where an order is gone, another begins.
FROM_THE_FIRST = 1e300


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


def papers_in(
    query: FeedQuery, *, viewer: int | None = None, cursor: str = "", limit: int = PAGE
) -> Page:
    """A page of at most `limit` papers (1…100), as the user `viewer` sees them.

    Raises QueryError for a cursor that is none of ours, NotThere for a feed, a collection or a
    paper that is not there or that the viewer may not know of, SignIn for one's own order where
    there is no viewer.
    """
    feed = _feed(query, viewer)
    query = _as_it_is_called(query, feed)
    query = _in_its_order(periods.latest(query, feed, viewer=viewer), feed)
    size = max(1, min(limit, MOST))
    place = read_cursor(cursor) if cursor else None
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    pieces, relevant = _answering(query, feed, chosen, viewer, _passed(place) + size)
    stored, own = _stored_order(query), _own_order(pieces, query, viewer)
    ordered = own.papers if own else in_order(chosen, replace(query, sort=stored), feed)
    ordered = relevant.papers if relevant else ordered
    if ordered is None and _by_closeness(query):
        ordered = tuple(one.paper for one in like(query.similar))
    if relevant and relevant.bare:
        ids, last = _next_of(relevant.papers, place, size)
    elif ordered is not None:
        ids, last = _in_order(pieces, ordered, stored, place, size)
    else:
        ids, last = _ranked(pieces, stored, place, size)
    rank = _passed(place)
    papers = views(ids, stored, viewer, rank, chosen.notes, constants=chosen.constants)
    papers = explained_for(papers, viewer, own.explored) if own and viewer else papers
    papers = answered(papers, relevant) if relevant else papers
    return Page(
        query=query,
        papers=explained(papers, query.similar),
        cursor=write_cursor(last) if last else "",
        previous=periods.neighbour(_asking(query), feed, later=False, viewer=viewer),
        next=periods.neighbour(_asking(query), feed, later=True, viewer=viewer),
        byline=periods.byline(query, feed),
        feed=feed,
        note=chosen.note or (state_of(viewer).note if own and viewer and not papers else ""),
        corrections=chosen.corrections,
        constants=chosen.constants,
        notice=notice(query),
    )


def among(query: FeedQuery, papers: Collection[int], *, viewer: int | None = None) -> set[int]:
    """Which of these papers (ids) the question means, as the viewer sees them. Raises NotThere."""
    feed = _feed(query, viewer)
    query = periods.latest(query, feed, viewer=viewer)
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    pieces = _within(query, feed, chosen, viewer)
    found = (piece.filter(pk__in=papers).values_list("pk", flat=True) for piece in pieces)
    return {paper for piece in found for paper in piece}


def cursor_after(query: FeedQuery, passed: int, *, viewer: int | None = None) -> str | None:
    """The token of the page after the first `passed` papers of the list; None past its end.

    For clients that count pages: it reads the order of all papers that it passes over. Raises
    NotThere.
    """
    feed = _feed(query, viewer)
    query = _in_its_order(periods.latest(query, feed, viewer=viewer), feed)
    if (feed and query.date and query.sort == feed.query.sort) or _by_place(query):
        return write_cursor(Place(0.0, NO_PAPER, passed))
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    stored = _stored_order(query)
    ranked = best(_within(query, feed, chosen, viewer), stored, passed)
    last = ranked.values_list(f"stats__{stored}", "id")[passed - 1 : passed].first()
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
    ids, _ = _in_order(shown, tuple(near), "hot", None, limit)
    papers = explained(views(ids, "hot", viewer), paper.key, {tag.slug for tag in paper.topics})
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
    feed = _feed(query, viewer)
    query = _in_its_order(periods.latest(query, feed, viewer=viewer), feed)
    chosen = edition_of(feed, query) if feed and query.date else Chosen()
    pieces, relevant = _answering(query, feed, chosen, viewer, 0)
    if relevant:
        pieces = [found.filter(pk__in=relevant.papers) for found in pieces]
    ranked = best(pieces, _stored_order(query), FACET_DEPTH)
    first = ranked.values("id")[:FACET_DEPTH]
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
    return periods.latest(query, _feed(query, viewer), until, viewer=viewer)


def _in_its_order(query: FeedQuery, feed: FeedView | None) -> FeedQuery:
    """A feed stands in its own order, unless the question asks for another."""
    if feed is None or query.sort != FeedQuery().sort:
        return query
    return replace(query, sort=feed.query.sort)


def _as_it_is_called(query: FeedQuery, feed: FeedView | None) -> FeedQuery:
    """The question with the feed's present name, where it bears a former one."""
    return replace(query, feed=feed.slug) if feed else query


def _feed(query: FeedQuery, viewer: int | None) -> FeedView | None:
    """The feed that the question names. Raises NotThere, for its collection and paper too."""
    check_collection(query, viewer)
    check_similar(query)
    check_for_you(query, viewer)
    return feed_of(query, viewer)


def _within(
    query: FeedQuery, feed: FeedView | None, chosen: Chosen, viewer: int | None
) -> list[PaperQuerySet]:
    """The papers that the question means, in one piece or several: of a feed's edition those that
    were chosen for it.
    """
    if feed is None or not query.date:
        return parts(query, feed, viewer)
    found = Paper.objects.visible().not_hidden_by(viewer, asked=query.tags)
    return parts_of(found.filter(pk__in=chosen.papers), query, viewer)


def _answering(
    query: FeedQuery, feed: FeedView | None, chosen: Chosen, viewer: int | None, depth: int
) -> tuple[list[PaperQuerySet], Ranking | None]:
    """The papers that the question means, and in the order of relevance how they answer it: then
    its words ask for no paper, they say which stand first. `depth` is how far one reads on.
    """
    if query.by_relevance:
        pieces = _within(_asking(query), feed, chosen, viewer)
        most = MOST_RANKED if depth > MOST else 0
        edition = chosen.papers if feed and query.date else None
        if relevant := ranking(query, pieces, viewer, most=most, among=edition):
            return pieces, relevant
    return _holding(query, feed, chosen, viewer), None


def _holding(
    query: FeedQuery, feed: FeedView | None, chosen: Chosen, viewer: int | None
) -> list[PaperQuerySet]:
    """As `_within`; where few papers hold the words, they are those that the index names."""
    if not query.words:
        return _within(query, feed, chosen, viewer)
    edition = chosen.papers if feed and query.date else None
    ids = matched(query, viewer, among=edition)
    if ids is None:
        return _within(query, feed, chosen, viewer)
    bare = _within(replace(query, words=""), feed, chosen, viewer)
    return [found.filter(pk__in=ids) for found in bare]


def _asking(query: FeedQuery) -> FeedQuery:
    """The question as far as it asks for papers: by relevance words only say how they stand."""
    return replace(query, words="") if query.by_relevance else query


def _ranked(
    pieces: list[PaperQuerySet], sort: str, place: Place | None, size: int
) -> tuple[list[int], Place | None]:
    """A page of the papers (ids) in the stored order, and its last place if there are more."""
    if place:
        pieces = [found.after(sort, place.score, place.paper_id) for found in pieces]
    rows = list(best(pieces, sort, size + 1).values_list("pk", f"stats__{sort}")[: size + 1])
    ids = [paper for paper, _ in rows[:size]]
    if len(rows) <= size:
        return ids, None
    return ids, Place(rows[size - 1][1], ids[-1], _passed(place) + size)


def _in_order(
    pieces: list[PaperQuerySet],
    papers: tuple[int, ...],
    sort: str,
    place: Place | None,
    size: int,
) -> tuple[list[int], Place | None]:
    """A page of those of the papers (ids) that the question means, as they stand, and its last
    place if there are more.

    It goes on after the paper at which the page before ended, wherever that stands by now; and
    looks up no more papers than it takes to fill the page.
    """
    passed, rest = _passed(place), papers
    if place and place.paper_id in papers:
        passed, rest = 0, papers[papers.index(place.paper_id) + 1 :]
    fitting: list[tuple[int, float]] = []
    while rest and len(fitting) <= passed + size:
        step = max(2 * (passed + size), len(fitting))
        fitting += _those_of(pieces, rest[:step], sort)
        rest = rest[step:]
    here = fitting[passed : passed + size]
    ids = [paper for paper, _ in here]
    if len(fitting) <= passed + size:
        return ids, None
    return ids, Place(here[-1][1], here[-1][0], _passed(place) + size)


def _next_of(
    papers: tuple[int, ...], place: Place | None, size: int
) -> tuple[list[int], Place | None]:
    """A page of the papers, all of which are meant: whoever shows them leaves out what went."""
    start = _passed(place)
    if place and place.paper_id in papers:
        start = papers.index(place.paper_id) + 1
    ids = list(papers[start : start + size])
    if len(papers) <= start + size:
        return ids, None
    return ids, Place(FROM_THE_FIRST, ids[-1], _passed(place) + size)


def _those_of(
    pieces: list[PaperQuerySet], papers: Sequence[int], sort: str
) -> list[tuple[int, float]]:
    """Those of the papers that the question means, in their order, with their stored scores."""
    scores: dict[int, float] = {}
    for found in pieces:
        scores |= found.filter(pk__in=papers).values_list("pk", f"stats__{sort}")
    return [(paper, scores[paper]) for paper in papers if paper in scores]


def _passed(place: Place | None) -> int:
    """How many papers stand before the page."""
    return place.rank if place else 0


def _stored_order(query: FeedQuery) -> str:
    """The order of stored scores that is the question's, or stands in for one that is not stored:
    for relevance that of the date, for a reader's own the usual one.
    """
    if query.sort == RELEVANCE:
        return "new" if query.words else FeedQuery().sort
    return FeedQuery().sort if query.sort == FOR_YOU else query.sort


def _own_order(pieces: list[PaperQuerySet], query: FeedQuery, viewer: int | None) -> Ordered | None:
    if query.sort != FOR_YOU or viewer is None:
        return None
    narrow = query != FeedQuery(period="all", sort=FOR_YOU)
    return in_readers_order(pieces, viewer, narrow=narrow)


def _by_place(query: FeedQuery) -> bool:
    """Whether no stored score tells where a page goes on."""
    return _by_closeness(query) or query.sort == FOR_YOU or query.by_relevance


def _by_closeness(query: FeedQuery) -> bool:
    """Papers like one stand by closeness, unless the question asks for another order."""
    return bool(query.similar) and query.sort == FeedQuery().sort


def _plain_tag(row: Tag) -> TagView:
    return TagView(row.slug, row.name, row.kind, description=row.description)
