"""What happened to an address's mail: for admins, by POST, so that no log keeps the address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts import suppressing
from accounts.history import history
from accounts.models import Suppression
from feeds.web.desk.staff import for_admins

NEEDS_REASON = _("Say why, for whoever asks later.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_admins
def address(request: HttpRequest) -> HttpResponse:
    email = request.POST.get("email", "").strip().lower()[:254]
    if not email:
        return render(request, "desk/mail/address.html")
    action = request.POST.get("action", "")
    problem = _act(request, email, action) if action else ""
    shown = {"history": history(email, timezone.now()), "problem": problem}
    return render(request, "desk/mail/address.html", shown, status=400 if problem else 200)


def _act(request: HttpRequest, email: str, action: str) -> str:
    """Stops mail to the address or lets it go again; what is wrong, or ""."""
    why, now = request.POST.get("why", "").strip(), timezone.now()
    if not why:
        return str(NEEDS_REASON)
    if action == "lift" and suppressing.lift(email, why, now, by=request.user.pk):
        messages.info(request, _("Mail goes there again."))
    elif action == "stop":
        suppressing.suppress(email, Suppression.Cause.ADMIN, why, now)
        messages.info(request, _("No more mail goes there."))
    return ""
