"""The page for a failure of ours: whatever is broken, it says by which id the log knows of it."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from config.postgres import patience
from config.request_ids import current


def failed(request: HttpRequest) -> HttpResponse:
    """Status 500, without anything that may have failed: no database, no reader, no session.

    503 where it is the database that is away, which asks for no look into the log.
    """
    if patience.note(request, sys.exception()):
        return patience.page(request)
    return HttpResponse(render_to_string("500.html", {"id": current()}), status=500)
