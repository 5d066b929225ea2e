"""The language of the pages: a reader's choice, kept in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from feeds.web.asked import way_back

_YEAR = 365 * 24 * 3600


@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keeps the choice, and leads back to the page it was made on.

    Its form stands on every page and asks for no token: that would set a cookie on all of them,
    also where a mail program asks, and a language chosen by another site does no harm.
    """
    response = redirect(way_back(request, "/"))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            _YEAR,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
