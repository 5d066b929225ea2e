"""Ordering papers by mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import confirming, languages
from accounts.forms import Subscribing, usual
from accounts.orders import what, when
from accounts.web.too_often import client, too_often


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form; sent, it answers alike and as fast for an address that is known or not."""
    if request.method != "POST":
        initial = usual() | {"query": request.GET.urlencode()}
        return _form(request, Subscribing(initial=initial))
    form = Subscribing(request.POST, reader=_reader(request))
    if not form.is_valid():
        return _form(request, form, status=400)
    order = form.cleaned_data
    if seconds := confirming.too_soon(order["email"], client(request)):
        return too_often(request, seconds)
    confirming.ask(**order, language=languages.asked())
    shown = order | {
        "what": what(order["query"], reader=_reader(request)),
        "when": when(order["cadence"], order["hour"], order["timezone"]),
    }
    return render(request, "accounts/asked.html", shown)


def _form(request: HttpRequest, form: Subscribing, status: int = 200) -> HttpResponse:
    query = form["query"].value() or ""
    shown = {"form": form, "what": _what(request, query) if not form["query"].errors else ""}
    return render(request, "accounts/subscribe.html", shown, status=status)


def _what(request: HttpRequest, query: str) -> str:
    return what(query, reader=_reader(request)) if query else ""


def _reader(request: HttpRequest) -> int | None:
    return request.user.pk if request.user.is_authenticated else None
