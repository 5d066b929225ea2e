"""Which of the submissions that wait a feed asks for, as far as is known of them by then.

That is their title, abstract and authors: what a paper's digest would say beside these (its
categories, its code) is held against none.
"""

from collections.abc import Collection

from django.contrib.postgres.search import SearchQuery, SearchVector

from feeds.authors import author_key
from feeds.models import Submission, Tag
from feeds.named import FeedView
from feeds.query import FeedQuery
from feeds.records import PaperRecord
from feeds.taggers.base import tags_of

SOURCE = "submissions"
MOST = 200
_UNTOLD = ""


def waiting_for(feed: FeedView) -> list[Submission]:
    """The first `MOST` that wait, the longest-waiting first; of these, what the feed asks for."""
    query = feed.query
    if query.sources and SOURCE not in query.sources:
        return []
    rows = Submission.objects.waiting().select_related("made_by").order_by("id")
    if query.words:
        said = SearchVector("title", "abstract", config="english")
        wanted = SearchQuery(query.words, config="english", search_type="websearch")
        rows = rows.annotate(words=said).filter(words=wanted)
    found = list(rows[:MOST])
    tags = {row.pk: {tag.slug for tag in tags_of(_record(row))} for row in found}
    now = _names({*query.tags, *query.without_tags}.union(*tags.values()))
    by = {author_key(author) for author in query.authors}
    return [
        row
        for row in found
        if _tagged(query, tags[row.pk], now) and by <= {author_key(name) for name in row.authors}
    ]


def _tagged(query: FeedQuery, has: Collection[str], now: dict[str, str]) -> bool:
    """Whether the tags that a text has are those that the question asks for."""
    called, wanted, unwanted = (
        {now.get(slug, slug) for slug in slugs} - {_UNTOLD}
        for slugs in (has, query.tags, query.without_tags)
    )
    return wanted <= called and not unwanted & called


def _names(slugs: Collection[str]) -> dict[str, str]:
    """What these tags are called by now; arXiv's categories are told by no text."""
    rows = Tag.objects.filter(slug__in=slugs)
    columns = rows.values_list("slug", "merged_into__slug", "kind")
    return {
        slug: _UNTOLD if kind == Tag.Kind.CATEGORY else merged or slug
        for slug, merged, kind in columns
    }


def _record(row: Submission) -> PaperRecord:
    return PaperRecord(title=row.title, abstract=row.abstract, authors=tuple(row.authors))
