"""What a reader asked for, read from a request."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from feeds import reading
from feeds.around import around
from feeds.calendar import plain_month
from feeds.collected import is_closed
from feeds.followed import stand
from feeds.query import FeedQuery, parse_pairs, tree_of
from feeds.records import PaperView, TagView
from feeds.search.highlights import Found, highlights
from feeds.search.spelling import mended
from feeds.web.curves import trend_of
from feeds.web.lists import ListView

BESIDE = 5
# A page of this many real papers with their abstracts weighs 22 kB; the next ones come as one
# reads on.
SHOWN = 25


def question(request: HttpRequest, **given: str) -> FeedQuery:
    """The question in the query string, with the terms that the path gives; those win.

    Raises QueryError.
    """
    return parse_pairs([*_terms(request), *given.items()])


def trending(request: HttpRequest) -> FeedQuery:
    """What trends of all days, unless the query string asks for another order or period."""
    return parse_pairs([("period", "all"), *_terms(request)])


def answer(request: HttpRequest, query: FeedQuery) -> ListView:
    """The list that answers the question, as the reader of this request sees it.

    Raises QueryError for a cursor that is none of ours.
    """
    return answer_for(viewer(request), query, request.GET.get("cursor", ""))


def answer_for(reader: int | None, query: FeedQuery, cursor: str) -> ListView:
    """The same, as the user `reader` sees it from `cursor` on."""
    page = reading.papers_in(query, viewer=reader, cursor=cursor, limit=SHOWN)
    others = reading.papers_in(_elsewhere(page), viewer=reader, limit=BESIDE, alone=True)
    shown = {paper.id for paper in page.papers}
    about = reading.tag(query.tags[0]) if len(query.tags) == 1 else None
    whole = query.period == "all" and not cursor
    topic = about if whole else None
    return ListView(
        asked=query,
        page=page,
        facets=reading.facets(page.query, viewer=reader),
        names=reading.names_in([query], viewer=reader),
        about=about,
        around=around(topic.slug, timezone.now().date()) if topic else None,
        trend=trend_of(topic) if topic else None,
        rising=_rising(topic, reader) if topic else (),
        elsewhere=others.query,
        beside=tuple(paper for paper in others.papers if paper.id not in shown),
        first_page=not cursor,
        calendar=plain_month(page.query),
        found=_found(page),
        mended=mended(query.words) if query.words and not cursor else "",
        stand=stand(query, reader),
        closed=bool(page.feed and page.feed.private) or is_closed(query),
    )


def _rising(topic: TagView, reader: int | None) -> tuple[PaperView, ...]:
    """The topic's papers that gather votes fastest for their age."""
    query = FeedQuery(tags=(topic.slug,), period="all", sort="rising")
    return reading.papers_in(query, viewer=reader, limit=BESIDE, alone=True).papers


def _found(page: reading.Page) -> Mapping[int, Found]:
    """Where what was searched for stands in the papers of the page."""
    if not page.papers or not page.query.words:
        return {}
    return highlights(page.papers, tree_of(page.query.words), page.query.authors)


def viewer(request: HttpRequest) -> int | None:
    return request.user.pk if request.user.is_authenticated else None


def by_htmx(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for, not a page."""
    return "HX-Request" in request.headers


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page that the form says it stands on, if that is one of ours."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return back if ours else otherwise


def _terms(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]


def _elsewhere(page: reading.Page) -> FeedQuery:
    """What stands beside a list: the day before a day's edition, or else the latest edition."""
    day = page.query.period == "day"
    beside = FeedQuery(feed=page.query.feed)
    return beside.on("day", page.previous) if day and page.previous else beside
