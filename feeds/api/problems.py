"""What went wrong, as problem details (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpResponse
from rest_framework.exceptions import NotAuthenticated, ParseError, ValidationError
from rest_framework.views import exception_handler

from config.postgres import patience
from config.request_ids import current
from feeds.query import NotThere, QueryError, SignIn

CONTENT_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


def problem(status: int, detail: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """An answer that says what went wrong; `errors` name the fields that are to blame."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    return HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE)


def answer_problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to an error in a view of the API (REST_FRAMEWORK["EXCEPTION_HANDLER"]).

    None, which lets the error through, only for a failure of ours while DEBUG is on.
    """
    if isinstance(error, SignIn):
        error = NotAuthenticated(str(error))
    if isinstance(error, NotThere):
        return problem(error.status, str(error))
    if isinstance(error, QueryError):
        return problem(400, str(error), [_query_error(error)])
    if isinstance(error, SuspiciousOperation):
        error = ParseError(f"The request cannot be read: {error}")
    known = exception_handler(error, context)
    if known is None:
        return None if settings.DEBUG else _failure(error, context)
    if isinstance(error, ValidationError):
        errors = _field_errors(error.detail)
        says = (
            "Some fields need another value." if error.status_code == 400 else errors[0]["message"]
        )
        answer = problem(error.status_code, says, [one for one in errors if one["field"]])
    else:
        answer = problem(known.status_code, str(known.data["detail"]))
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in known.headers:
            answer[name] = known.headers[name]
    return answer


def _query_error(error: QueryError) -> dict[str, Any]:
    said: dict[str, Any] = {"field": error.field, "message": str(error)}
    if error.position is not None:
        said |= {"position": error.position, "expected": error.expected, "given": error.given}
    return said


def _field_errors(detail: Any) -> list[dict[str, str]]:
    fields = detail if isinstance(detail, dict) else {"": detail}
    return [
        {"field": field, "message": str(message)}
        for field, messages in fields.items()
        for message in (messages if isinstance(messages, list) else [messages])
    ]


def _failure(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """Reports a failure of ours as Django does for its own views, and says no more of it."""
    request = context["request"]
    if patience.note(request._request, error):  # noqa: SLF001 (no other way)
        away = problem(503, "The database is away for a moment. Please try again.")
        away["Retry-After"] = patience.RETRY_AFTER
        return away
    got_request_exception.send(sender=None, request=request._request)  # noqa: SLF001 (no other way)
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    detail = "Something went wrong here, and it was written down. Please try again."
    return problem(500, f"{detail} The log has it under {current()}." if current() else detail)
