"""Broadsheet as an app of its own: what a browser needs to install it, and to read it offline."""

import hashlib
import json
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from feeds.answers import same_for_all
from feeds.web.asked import by_htmx

# What the offline page and a kept edition are made of.
FILES = (
    "css/site.css",
    "css/lists.css",
    "css/search.css",
    "css/comments.css",
    "js/theme.js",
    "js/site.js",
    "js/endless.js",
    "js/shortcuts.js",
    "js/offline.js",
    "vendor/htmx/htmx.min.js",
    "vendor/fonts/newsreader.woff2",
    "vendor/fonts/schibsted-grotesk.woff2",
    "favicon.svg",
)
# The pages that can be, by the names of their addresses.
KEPT = frozenset(
    ("papers", "day", "week", "month", "trending", "feed", "feed-edition", "topic", "paper")
)
_WORKER = settings.BASE_DIR / "static" / "js" / "worker.js"


@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(_request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": static(f"icons/{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    masked = {"src": static("icons/maskable.png"), "sizes": "512x512", "type": "image/png"}
    told = {
        "id": "/",
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": "Trending research papers",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [*icons, masked | {"purpose": "maskable"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """What a reader without a network sees in place of a page that was not kept."""
    return render(request, "feeds/offline.html")


class KeepOffline:
    """Marks pages of papers that are the same for everybody: they may be kept to be read offline,
    and asked for again by their validator.

    A page for one who is signed in, or one with a word to the reader, is not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = self._get_response(request)
        at = request.resolver_match
        if page.status_code != 200 or not at or at.url_name not in KEPT or by_htmx(request):
            return page
        if not request.user.is_authenticated and not getattr(get_messages(request), "used", False):
            page["X-Keep-Offline"] = "yes"
            return same_for_all(request, page)
        return page


@cache
def _worker() -> str:
    """The worker with its list of files; it has another version when any of them changes."""
    files = [static(name) for name in FILES]
    source = _WORKER.read_text()
    version = hashlib.sha256("\n".join([*files, source]).encode()).hexdigest()[:12]
    return f"const SITE = {json.dumps({'version': version, 'files': files})};\n{source}"
