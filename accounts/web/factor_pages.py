"""The pages on which a person sets up a second factor, looks after it, and ends it.

They are django-allauth's, in this site's look (templates/mfa); this adds who may begin, and a
record of what was done.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from accounts import second_factor
from accounts.models import User
from accounts.web.private import private

# Who sets one up has just signed in: a browser that somebody left open locks nobody out.
FRESH = 15 * 60  # seconds

Handler = Callable[..., HttpResponse]


class SetUp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        made = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        # The code that was just typed in is one that this browser has shown.
        post_authentication(self.request, made, reauthenticated=True)
        _note(self.request, given=True)
        return answer


class End(DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _note(self.request, given=False)
        return answer


def _note(request: HttpRequest, *, given: bool) -> None:
    account = User.objects.get(pk=request.user.pk or 0)
    second_factor.note(account, given=given, by=account.pk, now=timezone.now())


def _fresh(view: Handler) -> Handler:
    """The view, for who has signed in within the last minutes; a way to do so for others."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        if time.time() - second_factor.signed_in_at(request) > FRESH:
            return render(request, "mfa/sign_in_anew.html")
        return view(request, *args, **kwargs)

    return guarded


# By the names that django-allauth knows.
_VIEWS: dict[str, tuple[str, Handler]] = {
    "mfa_index": ("", base.index),
    "mfa_authenticate": ("authenticate/", base.authenticate),
    "mfa_reauthenticate": ("reauthenticate/", base.reauthenticate),
    "mfa_activate_totp": ("totp/activate/", _fresh(SetUp.as_view())),
    "mfa_deactivate_totp": ("totp/deactivate/", End.as_view()),
    "mfa_view_recovery_codes": ("recovery-codes/", recovery.view_recovery_codes),
    "mfa_generate_recovery_codes": ("recovery-codes/generate/", recovery.generate_recovery_codes),
    "mfa_download_recovery_codes": ("recovery-codes/download/", recovery.download_recovery_codes),
}
urlpatterns = [path(place, private(view), name=name) for name, (place, view) in _VIEWS.items()]
