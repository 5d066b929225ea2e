"""A request that meets a database which is away for a moment is tried again, and nobody knows."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from config.postgres.away import is_away
from config.read_routing import turned_away

PAUSE = 0.05  # seconds between two tries
RETRY_AFTER = "2"  # seconds
_AWAY = "broadsheet.database_is_away"  # of a request's META
_HARMLESS = ("GET", "HEAD")

logger = logging.getLogger(__name__)


class Patience:
    """Middleware, outside of all that asks the database.

    Each question waits for a connection already; this is for those that were asked when the
    database went. What may have changed something is not done twice: who asked for it is told.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        until = time.monotonic() + settings.DATABASE_WAIT_MS / 1000
        answer = self._get_response(request)
        while met_none(request):
            if request.method not in _HARMLESS or time.monotonic() > until:
                logger.warning("%s %s: the database is away", request.method, request.path)
                return answer
            time.sleep(PAUSE)
            close_old_connections()
            forget(request)
            answer = self._get_response(request)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return page(request) if note(request, error) else None


def note(request: HttpRequest, error: BaseException | None) -> bool:
    """Whether that error means that the database is away; then it is kept with the request."""
    away = error is not None and (turned_away(error) or is_away(error))
    if away:
        request.META[_AWAY] = True
    return away


def met_none(request: HttpRequest) -> bool:
    """Whether the request met no database the last time that it was tried."""
    return _AWAY in request.META


def forget(request: HttpRequest) -> None:
    """It is tried again."""
    request.META.pop(_AWAY, None)


def page(request: HttpRequest) -> HttpResponse:
    """Status 503, without anything that may be away."""
    lost = request.method not in _HARMLESS
    answer = HttpResponse(render_to_string("503.html", {"lost": lost}), status=503)
    answer["Retry-After"] = RETRY_AFTER
    return answer
