"""Which papers a question means, and in which order they stand."""

from dataclasses import replace
from functools import cache

from feeds.collected import check_collection
from feeds.editions import Chosen
from feeds.followed import parts, parts_of
from feeds.for_you.ordering import Ordered
from feeds.for_you.reading import check_for_you, in_readers_order
from feeds.models import Paper
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView, feed_of
from feeds.pieces import Pieces
from feeds.query import FOR_YOU, RELEVANCE, FeedQuery
from feeds.search.matched import matched
from feeds.search.ranking import Ranking, ranking
from feeds.similar import check_similar
from feeds.while_unchanged import WhileUnchanged

_BESIDE = WhileUnchanged[Pieces]()


def in_its_order(query: FeedQuery, feed: FeedView | None) -> FeedQuery:
    """A feed stands in its own order, unless the question asks for another."""
    if feed is None or query.sort != FeedQuery().sort:
        return query
    return replace(query, sort=feed.query.sort)


def as_it_is_called(query: FeedQuery, feed: FeedView | None) -> FeedQuery:
    """The question with the feed's present name, where it bears a former one."""
    return replace(query, feed=feed.slug) if feed else query


def feed_asked(query: FeedQuery, viewer: int | None) -> FeedView | None:
    """The feed that the question names. Raises NotThere, for its collection and paper too."""
    check_collection(query, viewer)
    check_similar(query)
    check_for_you(query, viewer)
    return feed_of(query, viewer)


def within(
    query: FeedQuery, feed: FeedView | None, chosen: Chosen, viewer: int | None
) -> list[PaperQuerySet]:
    """The papers that the question means, in one piece or several: of a feed's edition those that
    were chosen for it.
    """
    if feed is None or not query.date:
        return parts(query, feed, viewer)
    found = Paper.objects.visible().not_hidden_by(viewer, asked=query.tags)
    return parts_of(found.filter(pk__in=chosen.papers), query, viewer)


def answering(
    query: FeedQuery, feed: FeedView | None, chosen: Chosen, viewer: int | None, depth: int
) -> tuple[list[PaperQuerySet], Ranking | None]:
    """The papers that the question means, and in the order of relevance how they answer it: then
    its words ask for no paper, they say which stand first, and where nothing else is asked there
    are no pieces: every paper is meant. `depth` is how far one reads on.
    """
    if query.by_relevance:
        pieces = cache(lambda: _beside(asking(query), feed, chosen, viewer))
        edition = chosen.papers if feed and query.date else None
        if relevant := ranking(query, pieces, viewer, depth=depth, among=edition):
            return [] if relevant.bare else pieces(), relevant
    return _holding(query, feed, chosen, viewer), None


def _beside(
    query: FeedQuery, feed: FeedView | None, chosen: Chosen, viewer: int | None
) -> list[PaperQuerySet]:
    """As `within`; where they are the same for everybody, kept while the database stays as it is:
    to say which they are takes longer than to look whether some papers are among them.
    """

    def found() -> Pieces:
        return Pieces(within(query, feed, chosen, viewer))

    alike = viewer is None and feed is None and query.by_database_alone
    return _BESIDE.get(query, found) if alike else found()


def _holding(
    query: FeedQuery, feed: FeedView | None, chosen: Chosen, viewer: int | None
) -> list[PaperQuerySet]:
    """As `within`; where few papers hold the words, they are those that the index names."""
    if not query.words:
        return within(query, feed, chosen, viewer)
    edition = chosen.papers if feed and query.date else None
    ids = matched(query, viewer, among=edition)
    if ids is None:
        return within(query, feed, chosen, viewer)
    bare = within(replace(query, words=""), feed, chosen, viewer)
    return [found.filter(pk__in=ids) for found in bare]


def asking(query: FeedQuery) -> FeedQuery:
    """The question as far as it asks for papers: by relevance words only say how they stand."""
    return replace(query, words="") if query.by_relevance else query


def stored_order(query: FeedQuery) -> str:
    """The order of stored scores that is the question's, or stands in for one that is not stored:
    for relevance that of the date, for a reader's own the usual one.
    """
    if query.sort == RELEVANCE:
        return "new" if query.words else FeedQuery().sort
    return FeedQuery().sort if query.sort == FOR_YOU else query.sort


def own_order(pieces: list[PaperQuerySet], query: FeedQuery, viewer: int | None) -> Ordered | None:
    if query.sort != FOR_YOU or viewer is None:
        return None
    narrow = query != FeedQuery(period="all", sort=FOR_YOU)
    return in_readers_order(pieces, viewer, narrow=narrow)


def by_place(query: FeedQuery) -> bool:
    """Whether no stored score tells where a page goes on."""
    return by_closeness(query) or query.sort == FOR_YOU or query.by_relevance


def by_closeness(query: FeedQuery) -> bool:
    """Papers like one stand by closeness, unless the question asks for another order."""
    return bool(query.similar) and query.sort == FeedQuery().sort
