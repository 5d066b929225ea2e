"""A person's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feeds.people import person_named
from feeds.web.asked import viewer


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = person_named(slug, viewer(request)) if "\0" not in slug else None
    if found is None:
        raise Http404
    return render(request, "people/person.html", {"person": found})
