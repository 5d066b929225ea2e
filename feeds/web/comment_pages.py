"""Pages around comments: their addresses, deleting, reporting, whose they are, the public log."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from feeds import commenting, said_by
from feeds.discussion import CommentView, address_of, one_comment
from feeds.web.asked import viewer
from feeds.web.desk.staff import number


@require_safe
def permalink(_request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """Leads to the comment on its paper's page."""
    address = address_of(comment_id)
    if address is None:
        raise Http404
    return redirect(address)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """Asks once more, then takes one's own words away."""
    reader = viewer(request)
    if reader is None:
        return redirect_to_login(f"/comments/{comment_id}")
    comment = _comment(request, comment_id)
    if request.method != "POST":
        if not comment.can_delete:
            return _back(comment)
        return render(request, "feeds/comment_delete.html", {"comment": comment})
    try:
        commenting.delete(comment_id, by=reader, now=timezone.now())
    except commenting.NotAllowed as refused:
        shown = {"comment": comment, "problem": str(refused)}
        return render(request, "feeds/comment_delete.html", shown, status=403)
    messages.info(request, _("Your words are deleted."))
    return _back(comment)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """Tells the moderators what is wrong with a comment."""
    reader = viewer(request)
    if reader is None:
        return redirect_to_login(f"/comments/{comment_id}")
    comment = _comment(request, comment_id)
    if request.method != "POST":
        if not comment.can_report:
            return _back(comment)
        return render(request, "feeds/comment_report.html", {"comment": comment})
    why = request.POST.get("why", "")
    try:
        commenting.report(comment_id, why, by=reader, now=timezone.now())
    except commenting.Unknown:
        raise Http404 from None
    except commenting.Refused as refused:
        status = 429 if isinstance(refused, commenting.TooOften) else 400
        shown = {"comment": comment, "why": why, "problem": str(refused)}
        return render(request, "feeds/comment_report.html", shown, status=status)
    messages.info(request, _("Thank you. A moderator looks at it."))
    return _back(comment)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What one reader said; to mute them, or hear them again."""
    reader = viewer(request)
    found = said_by.person(slug, viewer=reader, before=number(request, "before"))
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "feeds/said_by.html", {"person": found})
    if reader is None:
        return redirect_to_login(request.path)
    try:
        _mute(slug, reader, request.POST.get("action", ""))
    except commenting.Refused as refused:
        messages.error(request, str(refused))
    return redirect("said-by", slug)


@require_safe
def log(request: HttpRequest) -> HttpResponseBase:
    """What moderators did and why, for everybody."""
    lines, more = said_by.acts(number(request, "before"))
    return render(request, "feeds/moderation.html", {"acts": lines, "more": more})


def _mute(slug: str, reader: int, action: str) -> None:
    if action == "mute":
        commenting.mute(slug, by=reader)
    elif action == "unmute":
        commenting.unmute(slug, by=reader)
    else:
        raise Http404


def _comment(request: HttpRequest, comment_id: int) -> CommentView:
    found = one_comment(comment_id, viewer=viewer(request), now=timezone.now())
    if found is None:
        raise Http404
    return found


def _back(comment: CommentView) -> HttpResponseBase:
    return redirect(address_of(comment.id) or "/")
