"""Pages are worded in the reader's language; all else is in English, whoever asks.

What the reader chose stands in a cookie; without one the browser's own wish holds. Programs read
the API, feeds, files and hooks: those neither change with a language nor say that they would.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

_FOR_PROGRAMS = re.compile(
    r"/(?:api|mcp|hooks|admin|static|livez|readyz|metrics|opml)(?:/|$)"
    r"|.*\.(?:atom|bib|csv|gz|ics|js|json|md|opml|png|ris|rss|txt|webmanifest|xml|zip)$"
)


class ReadersLanguage:
    """Middleware. Names the language of a page, and what it depends on, to caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _FOR_PROGRAMS.match(request.path_info):
            with translation.override(settings.LANGUAGE_CODE):
                return self._get_response(request)
        language = translation.get_language_from_request(request)
        with translation.override(language):
            answer = self._get_response(request)
        if answer.get("Content-Type", "").startswith("text/html"):
            answer.setdefault("Content-Language", language)
            patch_vary_headers(answer, ("Accept-Language", "Cookie"))
        return answer
