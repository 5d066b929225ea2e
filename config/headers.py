"""What every answer forbids, whoever gives it: a view, a file, an error, a redirect.

Inner middleware says it of pages, with what a page may do differently; this adds what is missing.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_POLICY = "; ".join(
    f"{name} {' '.join(sources)}"
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
_UNUSED = "camera geolocation microphone payment usb midi serial hid display-capture"
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED.split()),
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}
# What other sites show: pictures, and what they may read by script anyway. All else is for ours.
_SHOWN, _OURS = "cross-origin", "same-origin"
_LONG = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
_BY_TLS = {"Strict-Transport-Security": _LONG}
# No cache that others share keeps it, and the browser's own asks first.
_PRIVATE = "private, no-cache"


class Headers:
    """Middleware, outside of all that answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        wanted = _ALWAYS | _BY_TLS if settings.SECURE and request.is_secure() else _ALWAYS
        for name, value in wanted.items():
            if name not in answer.headers:
                answer.headers[name] = value
        policy = _SHOWN if _is_for_other_sites(answer) else _OURS
        answer.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        if "Cache-Control" not in answer.headers and _is_somebodys(request, answer):
            answer.headers["Cache-Control"] = _PRIVATE
        return answer


def _is_for_other_sites(answer: HttpResponseBase) -> bool:
    is_picture = answer.headers.get("Content-Type", "").startswith("image/")
    return is_picture or answer.headers.get("Access-Control-Allow-Origin") == "*"


def _is_somebodys(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Whether it may be about the one who asks, or is a cookie for them."""
    return bool(answer.cookies) or settings.SESSION_COOKIE_NAME in request.COOKIES
