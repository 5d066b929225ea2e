"""Saying which papers are one work, and which are not."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feeds import joining, parting, reading
from feeds.desk import works
from feeds.records import PaperView
from feeds.web.desk.staff import for_staff, number


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def join(request: HttpRequest) -> HttpResponse:
    """Two papers side by side, and the word that they are one."""
    given = request.POST if request.method == "POST" else request.GET
    kept, text = _paper(given.get("kept", "")), given.get("other", "").strip()[:1000]
    other = works.named(text) if text else None
    problem = _no_pair(kept, other, text)
    if problem:
        return _side_by_side(request, kept, None, text, problem=problem, status=400)
    if request.method != "POST" or other is None:
        return _side_by_side(request, kept, other, text)
    now, why = timezone.now(), given.get("why", "")
    try:
        joining.join(kept.id, other.id, by=request.user.pk, why=why, now=now)
    except joining.CannotJoin as refused:
        return _side_by_side(request, kept, other, text, problem=str(refused), status=409)
    messages.info(request, _("They are one work now. The desk’s list of joinings can undo it."))
    return redirect("paper", works.shown_key(kept.id))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def part(request: HttpRequest) -> HttpResponse:
    """Choosing the digests that spoke of another work."""
    given = request.POST if request.method == "POST" else request.GET
    paper = _paper(given.get("paper", ""))
    leaves = given.getlist("leaves")
    chosen = {int(one) for one in leaves if one.isascii() and one.isdecimal() and len(one) < 19}
    problem = ""
    if request.method == "POST":
        try:
            now, why = timezone.now(), given.get("why", "")
            made = parting.part(paper.id, chosen, by=request.user.pk, why=why, now=now)
        except parting.CannotPart as refused:
            problem = str(refused)
        else:
            messages.info(request, _("They are two papers now. This is the one that left."))
            return redirect("paper", works.shown_key(made.other_id))
    shown = {
        "paper": paper,
        "places": works.places(paper.id),
        "chosen": chosen,
        "joined": works.has_joinings(paper.id),
        "why": given.get("why", ""),
        "problem": problem,
    }
    return render(request, "desk/part.html", shown, status=409 if problem else 200)


@require_safe
@for_staff
def joins(request: HttpRequest) -> HttpResponse:
    lines, more = works.joinings(number(request, "before"))
    parted, more_parted = works.partings(number(request, "parted"))
    shown = {
        "joinings": lines,
        "more": f"?before={more}" if more else "",
        "partings": parted,
        "more_parted": f"?parted={more_parted}#partings" if more_parted else "",
    }
    return render(request, "desk/joins.html", shown)


@require_POST
@for_staff
def undo(request: HttpRequest, joining_id: int) -> HttpResponse:
    try:
        joining.undo(joining_id, by=request.user.pk, now=timezone.now())
    except joining.CannotJoin as refused:
        messages.error(request, str(refused))
    except joining.Unknown:
        raise Http404 from None
    else:
        messages.info(request, _("They are two papers again."))
    return redirect("desk-joins")


def _paper(key: str) -> PaperView:
    found = reading.paper(key) if key else None
    if found is None:
        raise Http404
    return found


def _no_pair(kept: PaperView, other: PaperView | None, text: str) -> str:
    """Why the text names no second paper; "" where it does, or where there is none yet."""
    if text and other is None:
        return _("No paper is known as “%(text)s”.") % {"text": text[:100]}
    same = other is not None and other.id == kept.id
    return _("That is this very paper. Name the other one.") if same else ""


def _side_by_side(
    request: HttpRequest,
    kept: PaperView,
    other: PaperView | None,
    text: str,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {
        "kept": kept,
        "other": other,
        "text": text,
        "problem": problem,
        "why": request.POST.get("why", ""),
    }
    return render(request, "desk/join.html", shown, status=status)
