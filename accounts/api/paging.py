"""Pages of what is told the last first."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from feeds.api import given
from feeds.query import QueryError

BEFORE = OpenApiParameter(
    "before",
    {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
    description="The `next_before` of the page before.",
)


def before(request: Request) -> int:
    """Where the page begins; 0 at the start. Raises QueryError."""
    text = given.asked_number(request, "before")
    if text is None:
        return 0
    if text.isascii() and text.isdecimal() and len(text) < 19 and int(text):
        return int(text)
    raise QueryError("before", "before takes the `next_before` of the page before.")
