"""What every view of the API does alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from feeds.answers import conditional, for_everybody
from feeds.limits import Limit, left

CONTENT_TYPE = "application/json"


class View(APIView):
    """Answers in JSON; what is read without credentials is open to the scripts of all sites.

    `writing` is what a key must be allowed for what changes something here, `limits` are those
    that hold for a method, for each person.
    """

    writing = "write"
    limits: ClassVar[Mapping[str, Sequence[Limit]]] = {}

    def check_permissions(self, request: Request) -> None:
        """Whether a key, where one is shown, may do this; then what every view checks."""
        scopes = getattr(request.auth, "scopes", None)
        if scopes is not None and self._scope(request) not in scopes:
            raise PermissionDenied(f"This key may not {self._scope(request)}.")
        super().check_permissions(request)

    def _scope(self, request: Request) -> str:
        return "read" if request.method in ("GET", "HEAD", "OPTIONS") else self.writing

    # What it answers is ready to send; a Response, which the stubs want, would be rendered again.
    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, ("Accept", "Authorization", "Cookie"))
        self._tell_limits(request, answer)
        if request.method in ("GET", "HEAD", "OPTIONS") and not has_credentials(request):
            return for_everybody(answer)
        answer["Cache-Control"] = "private, no-cache"
        return answer

    def _tell_limits(self, request: Request, answer: HttpResponseBase) -> None:
        """`RateLimit` and its policy, for one who is known."""
        limits, reader = self.limits.get(str(request.method), ()), viewer(request)
        if not limits or reader is None:
            return
        standing = [(limit, *left(limit, f"{reader}")) for limit in limits]
        answer["RateLimit-Policy"] = ", ".join(
            f'"{limit.name}";q={limit.most};w={limit.seconds}' for limit in limits
        )
        answer["RateLimit"] = ", ".join(
            f'"{limit.name}";r={rest};t={seconds}' for limit, rest, seconds in standing
        )

    def options(self, *_: Any, **__: Any) -> HttpResponse:  # type: ignore[override]
        """What a browser asks before a script of another site may send If-None-Match."""
        allowed = {
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "If-None-Match",
        }
        return HttpResponse(status=204, headers=allowed)

    def get_authenticate_header(self, _request: Request) -> str:
        """Makes the answer to nobody a 401: what is missing is a session, not a permission."""
        return "Session"


def viewer(request: Request) -> int | None:
    """The id of the signed-in user who asks, if one does."""
    return request.user.id if request.user.is_authenticated else None


def signed_in(request: Request) -> int:
    """The same behind a permission that lets nobody else in. Raises NotAuthenticated."""
    reader = viewer(request)
    if reader is None:
        raise NotAuthenticated
    return reader


def has_credentials(request: HttpRequest) -> bool:
    """Whether the answer may depend on who asks; looks at the request alone."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers


def answer_json(
    request: HttpRequest, data: Mapping[str, Any], changed: datetime | None = None
) -> HttpResponseBase:
    """The data as JSON, times in UTC, or 304 where the client has it already."""
    body = orjson.dumps(data, option=orjson.OPT_UTC_Z)
    return conditional(request, body, CONTENT_TYPE, changed)
