"""What stands behind a second factor: the admin, and the pages of the desk that are for admins."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts import second_factor

Handler = Callable[..., HttpResponseBase]


class SecondFactor:
    """Middleware: what needs a second factor answers those alone who have shown one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Handler, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.SECOND_FACTOR or not _needs_one(request, view):
            return None
        if not request.user.is_authenticated or not request.user.is_staff:
            return None  # the view itself turns them away
        return _asked_for_it(request)


def _needs_one(request: HttpRequest, view: Handler) -> bool:
    found = request.resolver_match
    in_admin = found is not None and "admin" in found.namespaces
    return in_admin or getattr(view, "needs_second_factor", False)


def _asked_for_it(request: HttpRequest) -> HttpResponseBase | None:
    if not second_factor.who_have_one([request.user.pk or 0]):
        page = render(request, "accounts/factor_needed.html", status=403)
        page["Cache-Control"] = "no-store"
        return page
    if second_factor.is_shown(request):
        return None
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")


@never_cache
def admin_login(request: HttpRequest) -> HttpResponse:
    """There are no passwords: strangers sign in by mail; to others the admin is not there."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))
    if not request.user.is_staff:
        raise Http404
    return redirect("admin:index")
