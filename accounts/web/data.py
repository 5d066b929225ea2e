"""Your data: all that is kept about your address, to be downloaded or erased."""

import json

from allauth.account.models import EmailAddress
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import data_letter, personal, second_factor, tokens
from accounts.models import Subscription
from accounts.roles import CannotChange
from accounts.web.links import no_link
from accounts.web.private import by_token, private, proved_again


@by_token
def by_letter(request: HttpRequest, token: str) -> HttpResponse:
    try:
        uid = tokens.read("data", token, data_letter.LINK_AGE)
    except tokens.Expired:
        return render(request, "accounts/link_fails.html", status=410)
    except tokens.BadToken:
        return no_link(request)
    order = Subscription.objects.filter(uid=uid).first()
    if order and second_factor.guards(order.email):
        return redirect("data")  # who reads the mailbox alone is not its owner
    return _mine(request, order.email, guarded=False) if order else no_link(request)


@require_http_methods(["GET", "HEAD", "POST"])
@proved_again
@private
def signed_in(request: HttpRequest) -> HttpResponse:
    mine = EmailAddress.objects.filter(user_id=request.user.pk, verified=True)
    email = mine.order_by("-primary").values_list("email", flat=True).first()
    return _mine(request, email, guarded=True) if email else no_link(request)


def _mine(request: HttpRequest, email: str, *, guarded: bool) -> HttpResponse:
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if action == "export":
        return _download(email)
    if action == "erase":
        return _erase(request, email, guarded)
    return _page(request, email, guarded)


def _download(email: str) -> HttpResponse:
    told = personal.export(email, timezone.now())
    body = json.dumps(told, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


def _erase(request: HttpRequest, email: str, guarded: bool) -> HttpResponse:
    if not request.POST.get("sure"):
        problem = _("Tick the box if you are sure: it cannot be undone.")
        return _page(request, email, guarded, problem)
    try:
        personal.erase(email, timezone.now())
    except CannotChange:
        problem = _("This is an admin’s account. Another admin takes that role from you first.")
        return _page(request, email, guarded, problem)
    if guarded:
        logout(request)
    return render(request, "accounts/erased.html", {"email": email})


def _page(request: HttpRequest, email: str, guarded: bool, problem: str = "") -> HttpResponse:
    shown = {"email": email, "guarded": guarded, "problem": problem}
    return render(request, "accounts/data.html", shown, status=400 if problem else 200)
