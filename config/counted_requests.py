"""Counts each request, by the name of its route, its method and the class of its status."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_noop

from config.counting import Timing

_METHODS = {name: name for name in "GET HEAD POST PUT PATCH DELETE OPTIONS".split()}
_CLASSES = [f"{first}xx" for first in range(10)]
REQUESTS = Timing(
    "http_request_seconds",
    gettext_noop("Requests, and the time to their answer"),
    ("route", "method", "status"),
    (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class CountedRequests:
    """Middleware, outside of all that takes time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        answer = self._get_response(request)
        REQUESTS.took(
            perf_counter() - began,
            request.resolver_match.view_name if request.resolver_match else "none",
            _METHODS.get(request.method or "", "other"),
            _CLASSES[answer.status_code // 100],
        )
        return answer
