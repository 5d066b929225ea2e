"""A question's terms, one after the other, narrow down the papers."""

import datetime as dt

from feeds.authors import author_key
from feeds.collected import collected
from feeds.models.paper import PaperQuerySet
from feeds.query import FeedQuery, tree_of
from feeds.search.lexical import answering
from feeds.similar import like


def narrowed(found: PaperQuerySet, query: FeedQuery, viewer: int | None = None) -> PaperQuerySet:
    """Those of the papers that the question's terms hold for, whatever its period and feed.

    A collection that is private holds nothing unless the viewer owns it.
    """
    if query.collection:
        found = found.filter(pk__in=collected(query.collection, viewer))
    if query.similar:
        found = found.filter(pk__in=[near.paper for near in like(query.similar)])
    for slug in query.tags:
        found = found.tagged(slug)
    for slug in query.without_tags:
        found = found.not_tagged(slug)
    for author in query.authors:
        found = found.by_author(author_key(author))
    if query.words:
        found = answering(found, tree_of(query.words))
    return found.with_code() if "code" in query.has else found


def listed(
    found: PaperQuerySet, query: FeedQuery, first: dt.date | None, last: dt.date | None
) -> PaperQuerySet:
    """Those that one of the question's sources named from `first` to `last`."""
    return found.listed(first, last, query.sources) if first or last or query.sources else found
