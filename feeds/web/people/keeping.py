"""What a reader keeps of one paper: saved, read, hidden, in lists."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feeds import collected, collecting, marking, reading
from feeds.records import PaperView
from feeds.web.asked import by_htmx, way_back
from feeds.web.people.signed_in import for_readers

# The paper of which less was wanted last, for the page that offers to take it back.
LESS_LAST = "less_last"


@require_POST
@for_readers
def save(request: HttpRequest, reader: int, key: str) -> HttpResponse:
    """Saves the paper, or takes that back."""
    paper = _paper(key, reader)
    try:
        (collecting.unsave if paper.saved else collecting.save)(paper.id, reader)
    except collecting.CannotCollect as refused:
        messages.error(request, str(refused))
        return _back(request, paper)
    if by_htmx(request):
        changed = _paper(key, reader)
        said = _("Saved.") if changed.saved else _("No longer saved.")
        return render(request, "feeds/_save.html", {"paper": changed, "said": said})
    return _back(request, paper)


@require_POST
@for_readers
def mark(request: HttpRequest, reader: int, key: str) -> HttpResponse:
    """Marks the paper as read, hides it, or asks for less like it; or takes that back."""
    paper, now = _paper(key, reader), timezone.now()
    kind = request.POST.get("mark", "")
    if kind == "read" and not paper.read:
        marking.mark_read(paper.id, reader, now)
    elif kind == "read":
        marking.mark_unread(paper.id, reader)
    elif kind == "hide" and not paper.hidden:
        marking.hide(paper.id, reader, now)
        messages.info(
            request, _("Your lists leave out “%(title)s” from now on.") % {"title": paper.title}
        )
    elif kind == "hide":
        marking.unhide(paper.id, reader)
        messages.info(request, _("Your lists show “%(title)s” again.") % {"title": paper.title})
    elif kind == "less":
        marking.want_less(paper.id, reader, now)
        request.session[LESS_LAST] = {"title": paper.title, "path": paper.path}
    elif kind == "more":
        marking.want_as_before(paper.id, reader)
        messages.info(
            request, _("“%(title)s” counts against nothing any more.") % {"title": paper.title}
        )
    else:
        raise Http404
    return _back(request, paper)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def keep(request: HttpRequest, reader: int, key: str) -> HttpResponse:
    """In which of the reader's collections the paper is."""
    paper, problem = _paper(key, reader), ""
    if request.method == "POST":
        try:
            _keep(request, reader, paper.id)
        except collecting.CannotCollect as refused:
            problem = str(refused)
        else:
            return redirect("keep", paper.key)
    shown = {
        "paper": paper,
        "collections": collected.collections_of(reader, paper.id),
        "problem": problem,
        "name": request.POST.get("name", ""),
    }
    return render(request, "people/keep.html", shown, status=409 if problem else 200)


def _keep(request: HttpRequest, reader: int, paper: int) -> None:
    given = request.POST
    if "remove" in given:
        collecting.remove(given["remove"], paper, reader)
        return
    slug = given.get("add", "") or collecting.make(
        collecting.Words(given.get("name", ""), visibility=given.get("visibility", "private")),
        reader,
    )
    collecting.add(slug, paper, reader)


def _paper(key: str, reader: int) -> PaperView:
    found = reading.paper(key, viewer=reader)
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, paper: PaperView) -> HttpResponse:
    return redirect(f"{way_back(request, paper.path)}#p{paper.id}")
