"""A request that meets a database which is away for a moment is tried again, and nobody knows."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from config.postgres.away import is_away, waited
from config.read_routing import turned_away

PAUSE = 0.05  # seconds between two tries
RETRY_AFTER = "2"  # seconds
_AWAY = "broadsheet.database_is_away"  # in a request's META: whether another try is of use
_HARMLESS = ("GET", "HEAD")


class Patience:
    """Middleware, outside of all that asks the database.

    Each question waits for a connection by itself; this is for those that were asked when the
    database went. Who has waited in vain is told, and so is who asked for a change: that is not
    done twice.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        until = time.monotonic() + settings.DATABASE_WAIT_MS / 1000
        answer = self._get_response(request)
        while request.META.get(_AWAY) and request.method in _HARMLESS and time.monotonic() < until:
            time.sleep(PAUSE)
            close_old_connections()
            forget(request)
            answer = self._get_response(request)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return page(request) if note(request, error) else None


def note(request: HttpRequest, error: BaseException | None) -> bool:
    """Whether that error means that the database is away; then it is kept with the request."""
    if error is None:
        return False
    again = turned_away(error)
    away = again or is_away(error)
    if away:
        request.META[_AWAY] = again or not waited(error)
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
