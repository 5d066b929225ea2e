"""Who is signed in and has just changed something is told by a cookie for the moment in which pages
may be a little old: they see what they did at once.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

LATELY = f"{settings.COOKIE_PREFIX}lately"
_READS = ("GET", "HEAD", "OPTIONS")


class OwnWrites:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        if request.method not in _READS and settings.SESSION_COOKIE_NAME in request.COOKIES:
            lasts = settings.SAME_FOR_MS // 1000 + 2  # seconds
            answer.set_cookie(
                LATELY, "1", lasts, secure=settings.SECURE, httponly=True, samesite="Lax"
            )
        return answer


def wrote_lately(request: HttpRequest) -> bool:
    """Whether the browser says that its reader has just changed something."""
    return LATELY in request.COOKIES
