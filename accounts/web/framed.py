"""A mail's markup in a frame: nothing in it runs, loads or submits; its links open beside it."""

import re

from django.http import HttpResponse

_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


def framed(html: str) -> HttpResponse:
    """The markup with a policy of its own."""
    markup = _HEAD.sub(lambda head: f'{head[0]}<base target="_blank">', html, count=1)
    return HttpResponse(markup, headers={"Content-Security-Policy": _POLICY})
