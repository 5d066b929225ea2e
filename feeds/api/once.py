"""`Idempotency-Key`: a POST that is sent again is done once, and answered as it was."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from django.core.cache import cache
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from feeds.api.base import signed_in
from feeds.api.given import Conflict

HEADER = "Idempotency-Key"
LONGEST = 255
KEPT = 24 * 3600  # seconds
BEING_DONE = 60  # seconds after which a first request that was lost is done anew

P = ParamSpec("P")
View = TypeVar("View")
Act = Callable[Concatenate[View, Request, P], HttpResponseBase]


class OtherBody(APIException):
    status_code = 422
    default_detail = "Another request was made with this Idempotency-Key. Take a new one."


class _Kept(NamedTuple):
    """What was asked (a digest), and its answer; None while it is being done."""

    asked: bytes
    answer: tuple[int, dict[str, str], bytes] | None


def once(act: Act[View, P]) -> Act[View, P]:
    """The method of a view, which does once what one person asks with the same key within a day.

    A refusal is not kept: nothing was done, so the same key may be tried again.
    """

    @wraps(act)
    def kept(view: View, request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        given = request.headers.get(HEADER, "").strip()
        if not given:
            return act(view, request, *args, **kwargs)
        if len(given) > LONGEST:
            raise ValidationError({HEADER: [f"It has at most {LONGEST} characters."]})
        name, asked = _name(request, given), _asked(request)
        if not cache.add(name, _Kept(asked, None), BEING_DONE):
            return _again(cache.get(name), asked)
        try:
            answer = act(view, request, *args, **kwargs)
        except BaseException:
            cache.delete(name)
            raise
        cache.set(name, _Kept(asked, _written(answer)), KEPT)
        return answer

    return kept


def _name(request: Request, given: str) -> str:
    who = hashlib.blake2b(f"{signed_in(request)} {given}".encode(), digest_size=16)
    return f"once:1:{who.hexdigest()}"


def _asked(request: Request) -> bytes:
    body: bytes = request._request.body  # noqa: SLF001 (as it came, before it is read as JSON)
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.blake2b(asked + body, digest_size=16).digest()


def _written(answer: Any) -> tuple[int, dict[str, str], bytes]:
    headers = {name: answer[name] for name in ("Content-Type", "Location") if name in answer}
    return answer.status_code, headers, answer.content


def _again(kept: _Kept | None, asked: bytes) -> HttpResponse:
    if kept and kept.asked != asked:
        raise OtherBody
    if kept is None or kept.answer is None:
        raise Conflict("The first request with this Idempotency-Key is being done. Ask again.")
    status, headers, content = kept.answer
    return HttpResponse(content, status=status, headers=headers)
