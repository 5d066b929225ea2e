"""Which papers hold all the words that are asked, where the index can tell: it is faster by far
than PostgreSQL, and two seconds behind it at most.

What has to be right at the moment (editions, webhooks) asks `lexical` instead.
"""

from collections.abc import Collection

from feeds.query import FeedQuery, tree_of
from feeds.search import bm25, copies
from feeds.search.ranking import narrowing

FEW = 5_000  # papers that PostgreSQL is told of one by one


def matched(
    query: FeedQuery, viewer: int | None, *, among: Collection[int] | None = None
) -> tuple[int, ...] | None:
    """The papers that the question's words hold for, some of which its other terms may not mean;
    None where they are many, or there is no index.
    """
    searcher = copies.searcher()
    if searcher is None:
        return None
    told = narrowing(query, viewer, among)
    hits = bm25.matching(searcher, tree_of(query.words), FEW, told)
    return hits.papers if hits.whole else None
