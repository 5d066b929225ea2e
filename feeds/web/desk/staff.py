"""The desk is for those who have a role there: to others it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache


class Account(Protocol):
    """What is asked of the account of one who comes to the desk."""

    is_staff: bool
    is_superuser: bool

    @property
    def moderates(self) -> bool: ...


P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def _for(may: Callable[[Account], bool]) -> Callable[[View[P]], View[P]]:
    """Lets those in who may; a sign-in page for strangers, nothing for others."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                back = request.get_full_path() if request.method == "GET" else "/desk"
                return redirect_to_login(back)
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return guard


def for_staff(view: View[P]) -> View[P]:
    """The view for curators of the whole site."""
    return _for(lambda user: user.is_staff)(view)


def for_moderators(view: View[P]) -> View[P]:
    """The view for those who look after comments, admins among them."""
    return _for(lambda user: user.moderates)(view)


def for_admins(view: View[P]) -> View[P]:
    """The view for admins, who have shown a second factor where the site asks for one."""
    guarded = _for(lambda user: user.is_superuser)(view)
    guarded.needs_second_factor = True  # type: ignore[attr-defined]
    return guarded


def for_the_desk(view: View[P]) -> View[P]:
    """The view for whoever has anything to do at the desk of the whole site."""
    return _for(lambda user: user.is_staff or user.moderates)(view)


def number(request: HttpRequest, name: str) -> int | None:
    """The number of that name in the query string. Raises Http404 for what is none."""
    text = request.GET.get(name, "")
    if text and not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text) if text else None
