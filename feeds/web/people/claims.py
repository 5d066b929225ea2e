"""A reader says which of a paper's authors they are; curators and moderators decide."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feeds import claimed, claiming, reading
from feeds.desk import claims
from feeds.pen_names import NoName, pen_name, take_name
from feeds.records import PaperView
from feeds.web.desk.staff import for_the_desk
from feeds.web.people.signed_in import for_readers


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def claim(request: HttpRequest, reader: int, key: str) -> HttpResponse:
    """The names on the paper, to say which of them is one's own; and what came of it."""
    paper = reading.paper(key, viewer=reader)
    if paper is None:
        raise Http404
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _act(request, paper, reader)
        except (claiming.CannotClaim, NoName) as refused:
            status = 429 if isinstance(refused, claiming.TooOften) else 409
            problem = str(refused)
    given = request.POST
    shown = {
        "paper": paper,
        "claim": claimed.claim_of(reader, paper.id),
        "problem": problem,
        "chosen": given.get("author", ""),
        "why": given.get("why", ""),
        "name": given.get("name", ""),
        "nameless": not pen_name(reader),
    }
    return render(request, "people/claim.html", shown, status=status)


@require_safe
@for_the_desk
def queue(request: HttpRequest) -> HttpResponse:
    return _queue(request)


@require_POST
@for_the_desk
def decide(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Accepts, declines, or takes that back."""
    given, by, now = request.POST, request.user.pk or 0, timezone.now()
    action, why = given.get("action", ""), given.get("reason", "")
    try:
        if action == "accept":
            claiming.accept(claim_id, by=by, now=now)
        elif action == "decline":
            claiming.decline(claim_id, by=by, now=now, why=why)
        elif action == "undo":
            claiming.undo(claim_id)
        else:
            raise Http404
    except claiming.CannotClaim as refused:
        return _queue(request, status=409, problem=str(refused), at=claim_id, reason=why)
    messages.info(request, _(_DECIDED[action]))
    return redirect("desk-claims")


_DECIDED = {
    "accept": gettext_noop("The paper leads to them now."),
    "decline": gettext_noop("It is declined. Whoever claimed it reads why."),
    "undo": gettext_noop("It waits again."),
}


def _act(request: HttpRequest, paper: PaperView, reader: int) -> HttpResponse:
    given = request.POST
    if given.get("action") == "withdraw":
        claiming.withdraw(paper.id, by=reader)
        messages.info(request, _("It is withdrawn."))
    elif given.get("action") == "claim":
        if name := given.get("name", "").strip():
            take_name(reader, name)
        author, why = given.get("author", ""), given.get("why", "")
        claiming.claim(paper.id, author, by=reader, now=timezone.now(), why=why)
        messages.info(request, _("The curators look at it."))
    else:
        raise Http404
    return redirect("claim", paper.key)


def _queue(request: HttpRequest, status: int = 200, **given: object) -> HttpResponse:
    waiting, more = claims.queue()
    shown = {"waiting": waiting, "more": more, "decided": claims.decided()}
    return render(request, "desk/claims.html", shown | given, status=status)
