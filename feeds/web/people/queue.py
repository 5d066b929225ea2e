"""The curators' queue of what readers submitted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from feeds import deciding
from feeds.desk import submissions
from feeds.named import FeedView
from feeds.web.desk.staff import for_staff


@require_safe
@for_staff
def queue(request: HttpRequest) -> HttpResponse:
    return _queue(request)


@require_POST
@for_staff
def decide(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Accepts, declines, or takes that back."""
    try:
        said = _decided(request, submission_id)
    except deciding.CannotDecide as refused:
        given = {"problem": str(refused), "at": submission_id}
        return _queue(request, status=409, reason=request.POST.get("reason", ""), **given)
    messages.info(request, said)
    return redirect("desk-submissions")


def _decided(request: HttpRequest, submission_id: int) -> str:
    by, now = request.user.pk or 0, timezone.now()
    action = request.POST.get("action", "")
    if action == "accept":
        feed = _feed(request)
        deciding.accept(submission_id, by, now, feed)
        if feed:
            return _("It is in, and in %(name)s.") % {"name": feed.name}
        return _("It is in.")
    if action == "decline":
        deciding.decline(submission_id, by, now, request.POST.get("reason", ""))
        return _("It is declined. Whoever gave it reads why.")
    if action == "undo":
        deciding.undo(submission_id, now)
        return _("It waits again.")
    raise Http404


def _feed(request: HttpRequest) -> FeedView | None:
    """The feed that was chosen, None for none."""
    slug = request.POST.get("feed", "")
    found = next((feed for feed in submissions.feeds() if feed.slug == slug), None)
    if slug and found is None:
        raise Http404
    return found


def _queue(request: HttpRequest, status: int = 200, **given: object) -> HttpResponse:
    waiting, more = submissions.queue()
    shown = {
        "waiting": waiting,
        "more_wait": more,
        "decided": submissions.decided(),
        "feeds": submissions.feeds(),
    }
    return render(request, "desk/submissions.html", shown | given, status=status)
