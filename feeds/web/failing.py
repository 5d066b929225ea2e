"""The page for a failure of ours: whatever is broken, it says by which id the log knows of it."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from config.request_ids import current


def failed(_request: HttpRequest) -> HttpResponse:
    """Status 500, without anything that may have failed: no database, no reader, no session."""
    return HttpResponse(render_to_string("500.html", {"id": current()}), status=500)
