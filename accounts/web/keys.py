"""A person's keys of the API: made, shown once, revoked."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import keys
from accounts.keys import CannotMake, Scope
from accounts.web.private import private, proved_again

LIVES = [
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("366", _("a year")),
    ("", _("until it is revoked")),
]


class KeyForm(forms.Form):
    name = forms.CharField(max_length=80, help_text=_("Which program will use it."))
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("It lives for"), choices=LIVES, initial="90", required=False, coerce=int,
        empty_value=None,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@proved_again
@private
def all_keys(request: HttpRequest) -> HttpResponse:
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _made(request, form)
    return _page(request, form, status=400 if form.errors else 200)


@require_http_methods(["POST"])
@login_required
@private
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    keys.revoke(request.user.pk or 0, key_id, timezone.now())
    return redirect("keys")


@sensitive_variables("secret")
def _made(request: HttpRequest, form: KeyForm) -> HttpResponse:
    wanted = form.cleaned_data
    try:
        secret = keys.make(
            request.user.pk or 0,
            wanted["name"],
            wanted["scopes"],
            timezone.now(),
            days=wanted["days"],
        )
    except CannotMake as reason:
        form.add_error(None, str(reason))
        return _page(request, form, status=400)
    return _page(request, KeyForm(), secret=secret)


def _page(
    request: HttpRequest, form: KeyForm, *, secret: str = "", status: int = 200
) -> HttpResponse:
    mine = keys.of_person(request.user.pk or 0, timezone.now())
    shown = {"form": form, "keys": mine, "secret": secret, "scopes": dict(Scope.choices)}
    return render(request, "accounts/keys.html", shown, status=status)
