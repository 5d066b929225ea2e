"""MCP over HTTP: one message a request, its answer in JSON; nothing is kept between two."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.settings import api_settings

from feeds.mcp.answering import answer
from feeds.mcp.caller import Caller
from feeds.mcp.envelope import VERSION_HEADER
from feeds.mcp.messages import LARGEST, MOST_TOGETHER, decoded
from feeds.mcp.protocol import (
    BATCHES,
    HEADER_MISMATCH,
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    STATELESS,
    UNSAID,
    UNSUPPORTED_VERSION,
    VERSIONS,
    Fault,
    Json,
    unsupported,
)

_JSON = "application/json"
# The status of an answer that is a fault. Before 2026-07-28 only a message that is none has one.
_STATUS = {PARSE_ERROR: 400, INVALID_REQUEST: 400, UNSUPPORTED_VERSION: 400, HEADER_MISMATCH: 400}
_STATUS_STATELESS = _STATUS | {INVALID_PARAMS: 400, METHOD_NOT_FOUND: 404, INTERNAL_ERROR: 500}


_FOR_AGENTS = f"Agents ask here, by MCP. {settings.SITE_URL}/llms.txt says what there is.\n"


class _Refused(Exception):
    """A request that is not read; with the status that says so."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


# No cookie is looked at: whoever is known is known by a key, which no other site can make a
# browser send.
@csrf_exempt
def mcp(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"], _FOR_AGENTS, content_type="text/plain")
    try:
        _admit(request)
        caller = _caller(request)
        given, version = decoded(_body(request)), _version(request)
        return _answered(given, caller, version, request.headers)
    except _Refused as refused:
        return _sent(Fault(INVALID_REQUEST, str(refused)).told(None), refused.status)
    except Fault as fault:
        return _sent(fault.told(None), _STATUS[fault.code])
    except AuthenticationFailed as unknown:
        answered = _sent(Fault(INVALID_REQUEST, str(unknown.detail)).told(None), 401)
        answered["WWW-Authenticate"] = "Bearer"
        return answered


def _admit(request: HttpRequest) -> None:
    """Lets in what may be a message of an agent's. Raises _Refused.

    A page of another site may not ask in the name of a network that its reader is in.
    """
    origin = request.headers.get("Origin")
    if origin and origin not in settings.CSRF_TRUSTED_ORIGINS:
        raise _Refused(403, "Pages of other sites may not ask here.")
    if request.content_type != _JSON:
        raise _Refused(415, f"The message takes Content-Type: {_JSON}.")
    if not request.accepts(_JSON):
        raise _Refused(406, f"The answer comes as {_JSON}, which Accept has to allow.")


def _body(request: HttpRequest) -> bytes:
    if "Content-Length" not in request.headers:
        raise _Refused(411, "The message comes with its Content-Length, not in chunks.")
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise _Refused(413, f"A message has at most {LARGEST // 1024} kB.")
    return body


def _version(request: HttpRequest) -> str:
    version = request.headers.get(VERSION_HEADER, UNSAID)
    if version not in VERSIONS:
        raise unsupported(version)
    return version


def _caller(request: HttpRequest) -> Caller:
    """Who asks, by a key. Raises AuthenticationFailed."""
    kinds: Any = api_settings.DEFAULT_AUTHENTICATION_CLASSES
    by_key = [kind() for kind in kinds if not issubclass(kind, SessionAuthentication)]
    asked = Request(request, authenticators=by_key)
    if not asked.user.is_authenticated:
        return Caller()
    scopes = getattr(asked.auth, "scopes", ())
    return Caller(asked.user if "read" in scopes else None, "write" in scopes)


def _answered(given: Any, caller: Caller, version: str, headers: Mapping[str, str]) -> HttpResponse:
    if isinstance(given, list) and version in BATCHES:
        return _answered_together(given, caller, version, headers)
    told = answer(given, caller, version, headers)
    if told is None:
        return HttpResponse(status=202)
    statuses = _STATUS_STATELESS if version in STATELESS else _STATUS
    return _sent(told, statuses.get(told.get("error", {}).get("code"), 200))


def _answered_together(
    given: list[Any], caller: Caller, version: str, headers: Mapping[str, str]
) -> HttpResponse:
    if not 1 <= len(given) <= MOST_TOGETHER:
        raise _Refused(400, f"A batch has 1 to {MOST_TOGETHER} messages.")
    told = [answer(one, caller, version, headers) for one in given]
    due = [one for one in told if one is not None]
    return _sent(due) if due else HttpResponse(status=202)


def _sent(told: Json | list[Json], status: int = 200) -> HttpResponse:
    body = orjson.dumps(told)
    return HttpResponse(
        body, status=status, content_type=_JSON, headers={"Cache-Control": "private, no-store"}
    )
