"""Requests that another site has a browser send are refused; readers without an account need no
token for that, so that the pages they get are the same for all of them.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

# What newer browsers say beside Origin: a page of ours, or nobody's but the reader's own hand.
_OURS = ("same-origin", "none")


class ForgeryCheck(CsrfViewMiddleware):
    """Django's check. Who is not signed in passes it by what the browser says of the page that
    sends the request: it has to be one of ours.
    """

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if request.method == "POST" and self._is_from_here(request) and _is_nobodys(request):
            return self._accept(request)  # type: ignore[attr-defined,no-any-return]
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _is_from_here(self, request: HttpRequest) -> bool:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in _OURS:
            return False
        if "HTTP_ORIGIN" in request.META:
            return bool(self._origin_verified(request))  # type: ignore[attr-defined]
        try:
            page = urlsplit(request.headers.get("Referer", ""))
        except ValueError:
            return False
        return (page.scheme, page.netloc) == (request.scheme, request.get_host())


def _is_nobodys(request: HttpRequest) -> bool:
    return not request.user.is_authenticated
