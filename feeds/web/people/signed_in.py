"""Pages that are each person's own: whoever has not signed in does so first."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from feeds.web.asked import by_htmx, way_back

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, int, P], HttpResponseBase]


def for_readers(view: View[P]) -> Callable[..., HttpResponseBase]:
    """The view with the reader's id; a sign-in page for strangers, and from there back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.pk:
            return view(request, request.user.pk, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else way_back(request, "/")
        leads = redirect_to_login(back)
        if by_htmx(request):
            return HttpResponse(status=204, headers={"HX-Redirect": leads["Location"]})
        return leads

    return never_cache(guarded)
