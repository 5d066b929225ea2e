"""A person's page, and what it says of them, which they write there themselves."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feeds.pen_names import NoName, write_about
from feeds.people import person_named
from feeds.web.asked import viewer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = person_named(slug, viewer(request)) if "\0" not in slug else None
    if found is None or (request.method == "POST" and not found.is_viewer):
        raise Http404
    about, problem = request.POST.get("about", found.about), ""
    if request.method == "POST":
        try:
            write_about(viewer(request) or 0, about)
        except NoName as refused:
            problem = str(refused)
        else:
            messages.info(request, _("It is kept."))
            return redirect("person", slug)
    shown = {"person": found, "about": about, "problem": problem}
    return render(request, "people/person.html", shown, status=400 if problem else 200)
