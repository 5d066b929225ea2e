"""Each request has an id: in its answer, in each line logged of it, on a page that fails."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar, Token
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Request-ID"
_CURRENT: ContextVar[str] = ContextVar("request_id", default="")
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class RequestIds:
    """Middleware, before all others. Behind a proxy the id that it gives is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _CURRENT.set(id_for(request.META))
        try:
            answer = self._get_response(request)
            answer[HEADER] = _CURRENT.get()
            return answer
        finally:
            _CURRENT.reset(token)


class InLog(logging.Filter):
    """Gives a record `request_id`: " [id]" within a request, nothing elsewhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        now = _CURRENT.get()
        record.request_id = f" [{now}]" if now else ""
        return True


def current() -> str:
    """The id of the request that is being answered, or led to the task that runs, or ""."""
    return _CURRENT.get()


def begin(request_id: str) -> Token[str]:
    """What runs from here on belongs to that request, until `end`."""
    return _CURRENT.set(request_id)


def end(token: Token[str]) -> None:
    _CURRENT.reset(token)


def id_for(told: Mapping[str, Any]) -> str:
    """The id of a request of which its META, or WSGI environment, tells."""
    given = told.get("HTTP_X_REQUEST_ID", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return given if _GIVEN.fullmatch(given) else secrets.token_hex(6)
