"""The collections of a reader, the page of each, and what the reader hid."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from feeds import collected, collecting, reading
from feeds.collected import CollectionView
from feeds.collecting import CannotCollect, NotTheirs, Words
from feeds.query import FeedQuery
from feeds.shown_names import page_of
from feeds.web.asked import viewer
from feeds.web.links import topic_links
from feeds.web.people.signed_in import for_readers


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def collections(request: HttpRequest, reader: int) -> HttpResponse:
    """The reader's own, and a new one."""
    problem = ""
    if request.method == "POST":
        try:
            return redirect("collection", collecting.make(_words(request), reader))
        except CannotCollect as refused:
            problem = str(refused)
    shown = {
        "collections": collected.collections_of(reader),
        "problem": problem,
        "words": _words(request),
        "page": page_of(reader),
    }
    return render(request, "people/collections.html", shown, status=400 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A collection to those who may read it; its owner changes it here."""
    reader = viewer(request)
    try:
        found = collected.collection_named(slug, reader)
    except collected.NoCollection:
        raise Http404 from None
    if request.method == "POST":
        if reader is None or not found.mine:
            raise Http404
        return _act(request, found, reader)
    return _page(request, found)


@require_safe
@for_readers
def hidden(request: HttpRequest, reader: int) -> HttpResponse:
    return render(request, "people/hidden.html", {"papers": collected.hidden_by(reader)})


def _act(request: HttpRequest, found: CollectionView, reader: int) -> HttpResponse:
    act = _ACTS.get(request.POST.get("action", ""))
    if act is None:
        raise Http404
    try:
        said = act(request, found.slug, reader)
    except NotTheirs:
        raise Http404 from None
    except CannotCollect as refused:
        return _page(request, found, str(refused))
    if said:
        messages.info(request, said)
    if request.POST.get("action") == "delete":
        return redirect("collections")
    at = request.POST.get("paper", "")
    return redirect(f"{found.path}#p{at}" if at.isdecimal() else found.path)


def _change(request: HttpRequest, slug: str, reader: int) -> str:
    collecting.change(slug, _words(request), reader)
    return _("It is changed.")


def _delete(request: HttpRequest, slug: str, reader: int) -> str:
    if "sure" not in request.POST:
        raise CannotCollect(_("Tick the box to say that you are sure. Nothing was deleted."))
    collecting.delete(slug, reader)
    return _("It is deleted. Its papers stay.")


def _note(request: HttpRequest, slug: str, reader: int) -> str:
    collecting.write_note(slug, _paper(request), request.POST.get("note", ""), reader)
    return ""


def _remove(request: HttpRequest, slug: str, reader: int) -> str:
    collecting.remove(slug, _paper(request), reader)
    return ""


def _up(request: HttpRequest, slug: str, reader: int) -> str:
    collecting.move(slug, _paper(request), -1, reader)
    return ""


def _down(request: HttpRequest, slug: str, reader: int) -> str:
    collecting.move(slug, _paper(request), 1, reader)
    return ""


_ACTS: dict[str, Callable[[HttpRequest, str, int], str]] = {
    "change": _change,
    "delete": _delete,
    "note": _note,
    "remove": _remove,
    "up": _up,
    "down": _down,
}


def _page(request: HttpRequest, found: CollectionView, problem: str = "") -> HttpResponse:
    start = _number(request.GET.get("from", "0"))
    entries, following = collected.entries(found, viewer(request), start)
    shown = {"collection": found, "entries": entries, "problem": problem}
    asked = FeedQuery(collection=found.slug, period="all")
    shown |= {"topics": topic_links(asked, reading.facets(asked, viewer=viewer(request)))}
    shown |= {"more": f"?from={following}" if following else "", "first": "?" if start else ""}
    return render(request, "people/collection.html", shown, status=409 if problem else 200)


def _words(request: HttpRequest) -> Words:
    given = request.POST
    visibility = given.get("visibility", "private")
    return Words(given.get("name", ""), given.get("description", ""), visibility)


def _paper(request: HttpRequest) -> int:
    return _number(request.POST.get("paper", ""))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)
