"""Where a person is signed in, and an end to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import signed_in
from accounts.web.private import private


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@private
def sign_ins(request: HttpRequest) -> HttpResponse:
    person, session = request.user.pk or 0, request.session.session_key or ""
    if request.method == "POST":
        messages.info(request, _ended(person, session, request.POST.get("end", "")))
        return redirect("sign-ins")
    found = signed_in.sign_ins(person, session)
    return render(request, "accounts/sign_ins.html", {"sign_ins": found})


def _ended(person: int, session: str, which: str) -> str:
    if which != "others" and not (which.isascii() and which.isdecimal() and len(which) < 19):
        raise Http404
    n = signed_in.end(person, session, only=None if which == "others" else int(which))
    if not n:
        return _("You were signed out there already.")
    said = ngettext(
        "You are signed out of %(n)d browser.", "You are signed out of %(n)d browsers.", n
    )
    return said % {"n": n}
