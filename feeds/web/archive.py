"""Every edition that was, as a page and as a feed."""

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feeds.answers import conditional, open_to_all
from feeds.archive import Past, editions
from feeds.named import feeds_listed
from feeds.query import FeedQuery, NotThere
from feeds.syndication.editions import FORMATS, Edition, Editions, Format
from feeds.web.addresses import address
from feeds.web.asked import viewer
from feeds.web.errors import answers_query_errors
from feeds.web.wording import period_words

IN_FEED = 10  # titles of an edition


@require_safe
@answers_query_errors
def archive(request: HttpRequest, slug: str = "") -> HttpResponse:
    found = editions(FeedQuery(feed=slug), _before(request), viewer=viewer(request))
    shown = {
        "archive": found,
        "editions": [(period_words(one.query), address(one.query), one) for one in found.editions],
        "feeds": [] if slug else feeds_listed(None),
        "here": _path(slug),
        "formats": FORMATS,
        "first_page": "before" not in request.GET,
    }
    return render(request, "feeds/archive.html", shown)


@open_to_all
@require_safe
def syndicated(request: HttpRequest, form: Format, slug: str = "") -> HttpResponseBase:
    """The latest editions, an item each, once their day is over."""
    try:
        found = editions(FeedQuery(feed=slug), timezone.now().date(), leading=IN_FEED)
    except NotThere as error:
        return HttpResponse(f"{error}\n", status=404, content_type="text/plain; charset=utf-8")
    name = f"{settings.SITE_NAME}: {found.feed.name if found.feed else 'editions'}"
    home = f"{settings.SITE_URL}{_path(slug)}"
    told = Editions(settings.SITE_NAME, name, home, [_edition(one) for one in found.editions])
    return conditional(request, form.render(told), form.content_type)


def _edition(one: Past) -> Edition:
    link = settings.SITE_URL + address(one.query)
    ended_at = datetime.combine(one.day, time.max, UTC).replace(microsecond=0)
    return Edition(period_words(one.query), link, ended_at, one.titles)


def _before(request: HttpRequest) -> date | None:
    text = request.GET.get("before", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _path(slug: str) -> str:
    return f"/f/{slug}/archive" if slug else "/archive"
