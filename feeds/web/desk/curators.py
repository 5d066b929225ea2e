"""A feed's desk is its curators' and the staff's: to others it is not there."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from feeds.desk import feeds
from feeds.web.asked import by_htmx

# Takes the request, the feed, and what else its address says.
View = Callable[..., HttpResponseBase]


def for_curators(view: View) -> View:
    """The view of the feed that `slug` names; a sign-in page for strangers, nothing for others."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **more: str) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in(request)
        feed = feeds.curated(slug, request.user.pk, staff=request.user.is_staff)
        if feed is None:
            raise Http404
        return view(request, feed, **more)

    return never_cache(guarded)


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page, and from there back; the whole page, where a part was asked for."""
    leads = redirect_to_login(request.path)
    if by_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": leads["Location"]})
    return leads
