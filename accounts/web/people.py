"""Accounts and roles: a page of the desk that is for admins alone."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts import roles, second_factor, who
from accounts.web.private import proved_again
from feeds.web.desk.staff import for_admins


@require_safe
@for_admins
def people(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@for_admins
@proved_again
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Gives or takes a role, closes the account or opens it again, ends a second factor."""
    account = who.one(person_id)
    if account is None:
        raise Http404
    given = request.POST
    act = next((name for name in _ACTS if name in given), "")
    if not act:
        raise Http404
    try:
        _ACTS[act](given[act], person_id, request.user.pk or 0, timezone.now())
    except roles.CannotChange as refused:
        return _page(request, status=409, problem=str(refused), at=person_id)
    said = gettext("It is done for %(person)s, and kept below.")
    messages.info(request, said % {"person": account.label})
    words = given.get("q", "")
    terms = f"?{urlencode({'q': words})}" if words else ""
    return redirect(reverse("desk-people") + terms)


def _give(role: str, person: int, by: int, now: datetime) -> None:
    roles.give(role, person, by=by, now=now)


def _take(role: str, person: int, by: int, now: datetime) -> None:
    roles.take(role, person, by=by, now=now)


def _close(_: str, person: int, by: int, now: datetime) -> None:
    roles.close(person, by=by, now=now)


def _reopen(_: str, person: int, by: int, now: datetime) -> None:
    roles.reopen(person, by=by, now=now)


def _unguard(_: str, person: int, by: int, now: datetime) -> None:
    second_factor.take_away(person, by=by, now=now)


_ACTS: dict[str, Callable[[str, int, int, datetime], None]] = {
    "give": _give,
    "take": _take,
    "close": _close,
    "reopen": _reopen,
    "unguard": _unguard,
}


def _page(request: HttpRequest, status: int = 200, **given: object) -> HttpResponse:
    words = (request.POST if request.method == "POST" else request.GET).get("q", "")[:254]
    shown = {
        "words": words,
        "found": who.found(words),
        "with_roles": who.with_roles(),
        "acts": who.acts(),
    }
    return render(request, "desk/people.html", shown | given, status=status)
