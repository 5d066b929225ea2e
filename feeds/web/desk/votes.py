"""Votes that look bought: looked at, voided, restored."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from feeds import voiding
from feeds.desk import votes
from feeds.said_numbers import grouped
from feeds.web.desk.staff import for_staff


@require_safe
@for_staff
def all_votes(request: HttpRequest) -> HttpResponse:
    shown = {
        "rings": votes.rings(timezone.now()),
        "voidings": votes.voidings(),
        "many": votes.MANY,
        "minutes": int(votes.WITHIN.total_seconds() // 60),
        "days": votes.YOUNG.days,
    }
    return render(request, "desk/votes.html", shown)


@require_POST
@for_staff
def void(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("votes", "").split(",")[: votes.LOOKED_AT]
    if not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in given):
        raise Http404
    why, now = request.POST.get("why", ""), timezone.now()
    try:
        done = voiding.void([int(one) for one in given], by=request.user.pk, why=why, now=now)
    except voiding.CannotVoid as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext(
            "%(n)s vote counts no more. You can restore them below.",
            "%(n)s votes count no more. You can restore them below.",
            done,
        )
        messages.info(request, said % {"n": grouped(done)})
    return redirect("desk-votes")


@require_POST
@for_staff
def restore(request: HttpRequest, voiding_id: int) -> HttpResponse:
    why, now = request.POST.get("why", ""), timezone.now()
    try:
        done = voiding.restore(voiding_id, by=request.user.pk, why=why, now=now)
    except voiding.CannotVoid as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(n)s vote counts again.", "%(n)s votes count again.", done)
        messages.info(request, said % {"n": grouped(done)})
    return redirect("desk-votes")
