"""The papers that a question means, as a queryset: no order, no page."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from feeds.models import Edition, Listing, Paper, Placing
from feeds.models.paper import PaperQuerySet
from feeds.named import FeedView
from feeds.narrowing import listed, narrowed
from feeds.query import FeedQuery


def matching(
    query: FeedQuery, feed: FeedView | None = None, viewer: int | None = None
) -> PaperQuerySet:
    """The papers that answer the question, without those that the viewer hid; those of a feed
    without regard to its editions.
    """
    found = Paper.objects.visible() if feed is None else in_feed(feed)
    found = narrowed(found.not_hidden_by(viewer, asked=query.tags), query, viewer)
    return listed(found, query, query.date, query.last_day)


def in_feed(feed: FeedView) -> PaperQuerySet:
    """All papers that the feed ever showed or would show."""
    placings = Placing.objects.filter(feed=feed.id, paper=OuterRef("pk")).placed(None, None)
    if feed.reviewed:
        shown = Edition.objects.published().filter(
            feed=feed.id, period="day", date=OuterRef("date")
        )
        return Paper.objects.visible().filter(Exists(placings.filter(Exists(shown))))
    fitting = narrowed(Paper.objects.visible(), feed.query)
    fitting = listed(fitting, feed.query, None, None)
    within = Q(pk__in=fitting.values("pk")) | Exists(placings)
    return of_feed(Paper.objects.visible().filter(within), feed)


def of_feed(found: PaperQuerySet, feed: FeedView) -> PaperQuerySet:
    """Without those that the feed's curators dropped."""
    dropped = Placing.objects.filter(feed=feed.id, paper=OuterRef("pk")).dropped()
    return found.filter(~Exists(dropped))


def listings(papers: PaperQuerySet, query: FeedQuery, feed: FeedView | None) -> QuerySet[Listing]:
    """The places at which digests of any day named these papers, as far as the question and the
    feed mean them.
    """
    found = Listing.objects.filter(paper__in=papers)
    sources = query.sources or (feed.query.sources if feed else ())
    return found.filter(source__slug__in=sources) if sources else found
