"""The desk is the curators': to others it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_staff(view: View[P]) -> View[P]:
    """The view for those who are staff; a sign-in page for strangers, nothing for readers."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else "/desk"
            return redirect_to_login(back)
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def number(request: HttpRequest, name: str) -> int | None:
    """The number of that name in the query string. Raises Http404 for what is none."""
    text = request.GET.get(name, "")
    if text and not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text) if text else None
