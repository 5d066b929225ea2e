"""What readers submitted that a feed asks for: its curators place it there, or leave it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feeds import deciding
from feeds.desk import submissions
from feeds.named import FeedView
from feeds.web.desk.curators import for_curators


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def offered(request: HttpRequest, feed: FeedView) -> HttpResponse:
    if request.method != "POST":
        return _page(request, feed)
    try:
        messages.info(request, _decided(request, feed))
    except deciding.CannotDecide as refused:
        return _page(request, feed, problem=str(refused), status=409)
    return redirect("desk-feed-submissions", feed.slug)


def _decided(request: HttpRequest, feed: FeedView) -> str:
    """Does what the pressed button means; the words that tell of it. Raises CannotDecide."""
    by, now = request.user.pk or 0, timezone.now()
    for name in ("accept", "undo"):
        number = request.POST.get(name, "")
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            continue
        if name == "accept":
            deciding.accept_into(int(number), feed, by, now)
            return _("It is in, and in today’s edition of %(name)s.") % {"name": feed.name}
        deciding.undo_own(int(number), feed, by, now)
        return _("It waits again.")
    raise Http404


def _page(
    request: HttpRequest, feed: FeedView, problem: str = "", status: int = 200
) -> HttpResponse:
    waiting, more = submissions.queue(feed)
    shown = {
        "feed": feed,
        "waiting": waiting,
        "more_wait": more,
        "decided": submissions.accepted_by(request.user.pk or 0),
        "problem": problem,
    }
    return render(request, "desk/offered.html", shown, status=status)
