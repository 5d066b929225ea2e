"""Pages behind a link that only its owner has."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def private(view: View[P]) -> View[P]:
    """The view, in no index and no cache, its address told to no other site."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(guarded)


def proved_again(view: View[P]) -> View[P]:
    """The view for who is signed in. To change anything takes the second factor once more, where
    there is one and it was not shown in the last minutes."""
    asked: View[P] = reauthentication_required(view, allow_get=True, app="allauth.account")
    return login_required(asked)


def by_token(view: View[P]) -> View[P]:
    """A private view whose token is what authorises: no cookie is asked for, so that it works
    from a mail program too. It must change nothing but by POST."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(private(view)))
