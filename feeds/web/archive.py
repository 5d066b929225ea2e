"""Every edition that was, as a page and as RSS."""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feeds.answers import conditional, open_to_all
from feeds.archive import Archive, Past, editions
from feeds.named import feeds_listed
from feeds.query import FeedQuery, NotThere
from feeds.syndication.rss import CONTENT_TYPE
from feeds.syndication.xml import HEADER, element, lines
from feeds.web.addresses import address
from feeds.web.asked import viewer
from feeds.web.errors import answers_query_errors
from feeds.web.wording import period_words

IN_RSS = 10  # titles of an edition


@require_safe
@answers_query_errors
def archive(request: HttpRequest, slug: str = "") -> HttpResponse:
    found = editions(FeedQuery(feed=slug), _before(request), viewer=viewer(request))
    shown = {
        "archive": found,
        "editions": [(period_words(one.query), address(one.query), one) for one in found.editions],
        "feeds": [] if slug else feeds_listed(None),
        "here": _path(slug),
        "first_page": "before" not in request.GET,
    }
    return render(request, "feeds/archive.html", shown)


@open_to_all
@require_safe
def rss(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    """The latest editions, an item each, once their day is over."""
    try:
        found = editions(FeedQuery(feed=slug), timezone.now().date(), leading=IN_RSS)
    except NotThere as error:
        return HttpResponse(f"{error}\n", status=404, content_type="text/plain; charset=utf-8")
    return conditional(request, _document(found, _path(slug)), CONTENT_TYPE)


def _document(found: Archive, path: str) -> bytes:
    name = f"{settings.SITE_NAME}: {found.feed.name if found.feed else 'editions'}"
    here = f"{settings.SITE_URL}{path}"
    head = lines(
        element("title", name),
        element("link", here),
        element("description", f"Each edition of {name}, once its day is over."),
        element("language", "en"),
        element("atom:link", rel="self", href=f"{here}.rss", type="application/rss+xml"),
    )
    items = "".join(_item(one) for one in found.editions)
    start = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
    return f"{HEADER}{start}{head}{items}</channel>\n</rss>\n".encode()


def _item(one: Past) -> str:
    link = settings.SITE_URL + address(one.query)
    titles = "".join(f"<li>{escape(title)}</li>" for title in one.titles)
    told = lines(
        element("title", period_words(one.query)),
        element("link", link),
        element("guid", link, isPermaLink="true"),
        element("pubDate", format_datetime(datetime.combine(one.day, time.max, UTC))),
        element("description", f"<ol>{titles}</ol>"),
    )
    return f"<item>\n{told}</item>\n"


def _before(request: HttpRequest) -> date | None:
    text = request.GET.get("before", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _path(slug: str) -> str:
    return f"/f/{slug}/archive" if slug else "/archive"
