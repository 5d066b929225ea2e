"""What OpenAPI says of the addresses of the daily papers API."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, extend_schema

from feeds.api.hf.questions import DEEPEST, LONGEST_NAME, LONGEST_SEARCH, OURS, SORTS
from feeds.api.hf.shapes import HfErrorShape
from feeds.api.operations import CURSOR, DAYS, MONTHS, QUERY, WEEKS
from feeds.reading import MOST, PAGE

Method = TypeVar("Method", bound=Callable[..., Any])

_NARROWING = [one for one in QUERY if one.name in OURS and one.name != "q"]
_WORDS = [one for one in QUERY if one.name == "q"]


def _text(name: str, pattern: str, says: str) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", "pattern": pattern}, description=says)


def _number(name: str, least: int, most: int, usual: int, says: str) -> OpenApiParameter:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    return OpenApiParameter(name, schema, description=says)


_LIMIT = _number("limit", 1, MOST, PAGE, "The most papers.")
LISTED = [
    _text("date", f"^({DAYS})?$", "The day, like 2026-04-24; it holds before week and month."),
    _text("week", f"^({WEEKS})?$", "The week, like 2026-W17; it holds before a month."),
    _text("month", f"^({MONTHS})?$", "The month, like 2026-04."),
    OpenApiParameter(
        "sort",
        {"type": "string", "enum": [*SORTS, ""]},
        description="Without one: an edition's own order, or newest first.",
    ),
    _text(
        "submitter",
        rf"^[^\x00]{{0,{LONGEST_NAME}}}$",
        "What this person gave, by the name of their page.",
    ),
    _number("p", 0, DEEPEST, 0, f"The page, from 0; there is none beyond {DEEPEST:,} papers."),
    _LIMIT,
    *_NARROWING,
    *_WORDS,
]
SEARCHED = [
    OpenApiParameter(
        "q",
        {
            "type": "string",
            "maxLength": LONGEST_SEARCH,
            "pattern": r"^[^\x00-\x1F]*[^\s\x00-\x1F][^\x00-\x1F]*$",
        },
        required=True,
        description='Words in title or abstract; "a phrase", or, -without.',
    ),
    _number("limit", 1, 120, 20, "The most papers."),
    *_NARROWING,
]
PAGED = [
    OpenApiParameter("cursor", CURSOR, description="From the `Link` of an answer."),
    _LIMIT,
]


def hf_operation(
    name: str, shape: Any, parameters: list[OpenApiParameter], *, problems: tuple[int, ...]
) -> Callable[[Method], Method]:
    """Describes a view's method, whose docstring says in words what it does."""
    failures = {(status, "application/json"): HfErrorShape for status in problems}
    described: Callable[[Method], Method] = extend_schema(
        operation_id=name,
        tags=["daily papers"],
        parameters=parameters,
        responses={(200, "application/json"): shape, **failures},
    )
    return described
