"""Answers that a client need not fetch twice, and that scripts of other sites may read."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from feeds.query import NotThere, QueryError
from feeds.reading import Page

FRESH_FOR = 60  # seconds

View = Callable[..., HttpResponseBase]


def conditional(
    request: HttpRequest, body: bytes, content_type: str, changed: datetime | None = None
) -> HttpResponseBase:
    """The body with its validators, or 304 where the client has it already.

    The ETag, a digest of the body, decides. Last-Modified (`changed`) only informs: a paper
    that leaves a list changes it without a newer date, so a date alone never gives 304.
    """
    response = HttpResponse(body, content_type=content_type)
    etag = _etag(body)
    response["ETag"] = etag
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag=etag, response=response) or response


def changed_at(page: Page) -> datetime | None:
    """When what the page says of its papers last changed; None where it has none."""
    return max((paper.changed_at for paper in page.papers), default=None)


def for_everybody(response: HttpResponseBase) -> HttpResponseBase:
    """Lets any site's scripts read the answer, without credentials, and caches keep it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    if response.status_code in (200, 304):
        response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response


def same_for_all(request: HttpRequest, page: HttpResponseBase) -> HttpResponseBase:
    """The page, which is the same for everybody: caches may keep it, and ask if it still is so."""
    if not isinstance(page, HttpResponse) or page.cookies or "Cache-Control" in page:
        return page
    page["Cache-Control"] = "public, max-age=0, must-revalidate"
    page["ETag"] = etag = _etag(page.content)
    return get_conditional_response(request, etag=etag, response=page) or page


def open_to_all(view: View) -> View:
    """The view, whose answers are the same for everybody, open to all sites."""

    @wraps(view)
    def opened(request: HttpRequest, /, **kwargs: object) -> HttpResponseBase:
        return for_everybody(view(request, **kwargs))

    return opened


def refused(error: QueryError) -> HttpResponse:
    """The error in plain text, with the slip pointed at."""
    status = error.status if isinstance(error, NotThere) else 400
    text = f"{pointed_at(error)}\n"
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def pointed_at(error: QueryError) -> str:
    """The error in words, and below them what was given with a sign under the slip."""
    if error.position is None:
        return str(error)
    return f"{error}\n\n{error.given}\n{' ' * error.position}^"


def _etag(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
