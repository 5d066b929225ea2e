"""The pictures of cards: of a paper, and of whatever a question in an address asks for."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from feeds import reading
from feeds.answers import refused
from feeds.cards.sheet import LOOK, Sheet, draw
from feeds.query import FeedQuery, QueryError, parse_pairs
from feeds.records import PaperView
from feeds.taxonomy.codes import category_code
from feeds.templatetags.papers import authors_line
from feeds.web.wording import day_words, heading, period_words

# Nobody waits for a newer one, and an edition fills up over its day.
_FRESH_FOR = 3600
_ITEMS = 4


@require_safe
def paper(request: HttpRequest, key: str) -> HttpResponseBase:
    """The card of a paper; it is the same for everybody."""
    found = reading.paper(key)
    if found is None:
        raise Http404
    return _answer(request, paper_sheet(found))


@require_safe
def listed(request: HttpRequest) -> HttpResponseBase:
    """The card of a list, as those see it who are not signed in."""
    terms = [(name, value) for name, values in request.GET.lists() for value in values]
    try:
        page = reading.papers_in(parse_pairs(terms), limit=_ITEMS)
        names = reading.names_in([page.query])
    except QueryError as error:
        return refused(error)
    return _answer(request, list_sheet(page, heading(page.query, names)))


def paper_sheet(paper: PaperView) -> Sheet:
    known = f"arXiv {paper.arxiv_id}" if paper.arxiv_id else paper.doi
    codes = [category_code(tag.slug) for tag in paper.categories[:2]]
    return Sheet(
        name=settings.SITE_NAME,
        date=day_words((paper.published_at or paper.listed_at).date()),
        title=paper.title,
        instead=known or paper.key,
        by=authors_line(paper.authors) or paper.organization,
        foot=f"by {settings.BYLINE} and the research community",
        corner=" · ".join(filter(None, [known, *codes])),
    )


def list_sheet(page: reading.Page, title: str) -> Sheet:
    """A feed goes by its name, other lists by what they ask for; the date stands at the right."""
    named = page.feed.name if page.feed else title
    period = "" if page.query.period == "all" else period_words(page.query)
    return Sheet(
        name=settings.SITE_NAME,
        date="" if period == named else period,
        title=named,
        instead=period or _what(page.query),
        items=tuple(paper.title for paper in page.papers),
        foot=f"by {page.byline or settings.BYLINE} and the research community",
    )


def _what(query: FeedQuery) -> str:
    return "Research papers" if query.narrows else "Trending papers"


def _answer(request: HttpRequest, sheet: Sheet) -> HttpResponseBase:
    """The card, drawn only where whoever asks has not got it."""
    told = f"{LOOK} {sheet!r}".encode()
    etag = f'"{hashlib.blake2b(told, digest_size=16).hexdigest()}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None or answer.status_code != 304:
        answer = HttpResponse(draw(sheet), content_type="image/png")
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, max_age=_FRESH_FOR)
    return answer
