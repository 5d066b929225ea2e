"""The search box: what it offers, and how a browser comes to know of it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from feeds.asked import site_address
from feeds.search.suggest import suggestions
from feeds.web.asked import by_htmx


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for the box; without words, what can be asked."""
    typed = request.GET.get("q", "")
    if not typed.strip():
        return render(request, "feeds/_asking.html")
    return render(request, "feeds/_suggest.html", {"found": suggestions(typed)})


@require_safe
@cache_control(public=True, max_age=60)
def suggest_json(request: HttpRequest) -> JsonResponse:
    """The same as a browser's own search box asks for it (OpenSearch suggestions)."""
    typed = request.GET.get("q", "")
    found = suggestions(typed)
    rows = [typed, [one.text for one in found], [one.kind for one in found]]
    rows.append([site_address(one.path) for one in found])
    return JsonResponse(rows, safe=False, content_type="application/x-suggestions+json")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What can be asked, and which keys there are; the keys alone for the page that asks so."""
    return render(request, "feeds/_keys.html" if by_htmx(request) else "feeds/help.html")


@require_safe
@cache_control(public=True, max_age=86_400)
def opensearch(request: HttpRequest) -> HttpResponse:
    given = {"site": settings.SITE_URL}
    kind = "application/opensearchdescription+xml"
    return render(request, "feeds/opensearch.xml", given, content_type=kind)
