"""Pictures of lists: a map, and how topics come and go."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feeds import reading
from feeds.mapped import map_of
from feeds.trends import trends
from feeds.web.asked import question, viewer
from feeds.web.curves import TrendsView, drawn
from feeds.web.errors import answers_query_errors
from feeds.web.maps import MapView


@require_safe
@answers_query_errors
def papers_map(request: HttpRequest) -> HttpResponse:
    query, reader = question(request), viewer(request)
    found = map_of(query, reader)
    shown = MapView(query, found, reading.names_in([query], viewer=reader))
    return render(request, "feeds/map.html", {"map": shown})


@require_safe
@answers_query_errors
def topics(request: HttpRequest) -> HttpResponse:
    query, reader = replace(question(request), period="all", date=None), viewer(request)
    found = drawn(trends(query, reader))
    shown = TrendsView(query, found, reading.names_in([query], viewer=reader))
    return render(request, "feeds/trends.html", {"trends": shown})
