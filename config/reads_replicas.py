"""Pages for everybody are read from a replica, which may be a moment behind.

Whoever is known, or has just changed something, reads the primary: they see what they did.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.signing import BadSignature
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.postgres import patience
from config.read_routing import Reading, read_primary, reading_from
from config.replicas import HOLDS, LOOK, replicas

# Says of a browser that it changed something; no replica that is read is so far behind as it lasts.
WROTE = f"{settings.COOKIE_PREFIX}wrote"
LASTS = int(settings.READ_LAG_SECONDS + HOLDS + LOOK + 1)  # seconds
_READS = ("GET", "HEAD", "OPTIONS")
# What is for everybody is made by these; the pages of the others are about somebody.
_PUBLIC = "feeds."


class ReadsReplicas:
    """Middleware, outside of what keeps answers: they are kept by the server that told them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.READ_DATABASE_URLS:
            raise MiddlewareNotUsed
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        alias = replicas().choose() if _is_anybodys(request) else DEFAULT_DB_ALIAS
        with reading_from(alias) as reading:
            answer = self._get_response(request)
        if reading.failed and patience.met_none(request):  # and there was no time for another try
            patience.forget(request)
            with reading_from(DEFAULT_DB_ALIAS) as reading:
                answer = self._get_response(request)
        if _wrote(request, reading):
            _remember(answer)
        return answer

    def process_view(
        self, _request: HttpRequest, view: Callable[..., Any], _args: object, _named: object
    ) -> None:
        if not getattr(view, "__module__", "").startswith(_PUBLIC):
            read_primary()


def _is_anybodys(request: HttpRequest) -> bool:
    return (
        request.method in _READS
        and "Authorization" not in request.headers
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not _has_just_written(request)
    )


def _has_just_written(request: HttpRequest) -> bool:
    if WROTE not in request.COOKIES:
        return False
    try:
        return bool(request.get_signed_cookie(WROTE, salt=WROTE, max_age=LASTS))
    except BadSignature:
        return False


def _wrote(request: HttpRequest, reading: Reading) -> bool:
    """Programs show who they are each time; browsers are asked to remember."""
    wrote = reading.wrote or request.method not in _READS
    return wrote and "Authorization" not in request.headers


def _remember(answer: HttpResponseBase) -> None:
    answer.set_signed_cookie(
        WROTE,
        "1",
        salt=WROTE,
        max_age=LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
