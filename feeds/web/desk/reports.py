"""Comments that wait for a moderator, and what is done with them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from feeds import moderating
from feeds.commenting import Refused, Unknown
from feeds.desk import reports
from feeds.web.desk.staff import for_moderators

_SAID = {
    "hold": gettext_noop("It is held."),
    "remove": gettext_noop("It is removed."),
    "restore": gettext_noop("It is shown."),
    "leave": gettext_noop("It stays as it is."),
}


@require_safe
@for_moderators
def all_reports(request: HttpRequest) -> HttpResponseBase:
    waiting, more = reports.waiting()
    shown = {"waiting": waiting, "more": more, "removed": reports.removed()}
    return render(request, "desk/reports.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def one_report(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """Any comment, and an act of a moderator."""
    problem, status = "", 200
    if request.method == "POST":
        act, why = request.POST.get("act", ""), request.POST.get("why", "")
        by, now = request.user.pk or 0, timezone.now()
        try:
            moderating.moderate(comment_id, act, by=by, why=why, now=now)
        except Unknown:
            raise Http404 from None
        except Refused as refused:
            problem, status = str(refused), 409
        else:
            messages.info(request, f"{_(_SAID[act])} {_('The public log tells it.')}")
            return redirect("desk-reports")
    found = reports.one(comment_id)
    if found is None:
        raise Http404
    shown = {"one": found, "problem": problem, "why": request.POST.get("why", "")}
    return render(request, "desk/report.html", shown, status=status)
