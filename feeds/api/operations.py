"""What OpenAPI says of each operation beside its shape."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, extend_schema

from feeds.api.problems import CONTENT_TYPE
from feeds.api.shapes import ProblemShape
from feeds.cursor import FORM
from feeds.query import (
    FOR_YOU,
    HAS,
    LONGEST_TERM,
    LONGEST_WORDS,
    MOST_TERMS,
    PERIODS,
    RELEVANCE,
    SORTS,
)
from feeds.reading import MOST, PAGE

Method = TypeVar("Method", bound=Callable[..., Any])

# What FeedQuery reads, as far as a pattern can say it. An empty value counts as not given.
_TEXT = {"type": "string", "maxLength": LONGEST_TERM, "pattern": r"^[^\x00-\x08\x0E-\x1B]*$"}
_NAME = r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*"
_MONTH = r"(0[1-9]|1[0-2])"
_DAY = r"((0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
_LEAP_DAY = r"(19|20)(0[48]|[2468][048]|[13579][26])-02-29|2000-02-29"
_WEEK = r"W(0[1-9]|[1-4]\d|5[0-2])"
_LONG_YEARS = [year for year in range(1900, 2100) if date(year, 12, 28).isocalendar().week == 53]
_LAST_WEEK = rf"({'|'.join(map(str, _LONG_YEARS))})-W53"
WEEKS = rf"(19|20)\d\d-{_WEEK}|{_LAST_WEEK}"
DAYS = rf"(19|20)\d\d-{_DAY}|{_LEAP_DAY}"
MONTHS = rf"(19|20)\d\d-{_MONTH}"
DATE = rf"^(|latest|{MONTHS}|{DAYS}|{WEEKS})$"


def _parameter(name: str, schema: dict[str, Any], description: str) -> OpenApiParameter:
    return OpenApiParameter(name, schema, description=description)


def _several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": MOST_TERMS}


def _one_of(values: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": [*values, ""]}


def _named(sign: str = "") -> dict[str, Any]:
    return {"type": "string", "maxLength": LONGEST_TERM, "pattern": f"^({sign}{_NAME})?$"}


QUERY = [
    _parameter("feed", _named(), "Within this feed, in its order; `/feeds` lists them."),
    _parameter(
        "in",
        _named(),
        "In this collection, if it is not a private one of another; `following`: what you follow.",
    ),
    _parameter(
        "similar",
        _TEXT,
        "Like this paper (key, arXiv id or DOI), the likest first unless `sort` says otherwise.",
    ),
    _parameter(
        "tag", _several(_named("-?")), "With this tag; `-name`: without it. All of them hold."
    ),
    _parameter("author", _several(_TEXT), "By this author; case and accents do not matter."),
    _parameter(
        "q",
        _TEXT
        | {"maxLength": LONGEST_WORDS}
        | {"examples": ['"sparse attention" -survey (tag:agents OR year:2023..2025)']},
        "Words of title or abstract, “phrases”, -without, author:, title:, tag:, year:, id:, "
        "has:code, OR and parentheses; a slip is answered by 400 and its `position`.",
    ),
    _parameter("source", _several(_named()), "Named by one of these sources."),
    _parameter("has", _several(_one_of(HAS)), "Only papers with code."),
    _parameter(
        "period",
        _one_of(PERIODS),
        "Without one: the latest edition, or all papers where q, tag, author or similar are asked "
        "for.",
    ),
    _parameter(
        "date",
        {"type": "string", "pattern": DATE, "examples": ["2026-04-24", "2026-W17", "2026-04"]},
        "The period that holds this day; `period=all` has none and leaves it out. Without one: the "
        "latest that has papers.",
    ),
    _parameter(
        "sort",
        _one_of((*SORTS, FOR_YOU, RELEVANCE)) | {"default": "hot"},
        "hot: votes and freshness; rising: speed of votes for its age; scaled: hot, with papers of "
        "much-voted topics lower; new: newest first; top: most votes first; for_you: in your own "
        "order, learned from what you do (`/me/for-you`); it needs a sign-in; relevance: the best "
        "answers to q first, those that have only some of its words after them. In the other "
        "orders a paper has all of the words.",
    ),
]
LIMIT = _parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
    "The most papers on a page.",
)
CURSOR = {"type": "string", "pattern": f"^({FORM})?$"}
PAGES = [_parameter("cursor", CURSOR, "The `next_cursor` of the page before."), LIMIT]


def operation(
    name: str,
    shape: Any,
    *,
    tag: str,
    parameters: list[OpenApiParameter] | None = None,
    body: Any = None,
    problems: tuple[int, ...] = (),
    status: int = 200,
) -> Callable[[Method], Method]:
    """Describes a view's method, whose docstring says in words what it does.

    `body` is the shape of the JSON that it takes, or what it takes by content type.
    """
    failures = {(status, CONTENT_TYPE): ProblemShape for status in problems}
    described: Callable[[Method], Method] = extend_schema(
        operation_id=name,
        tags=[tag],
        parameters=parameters or [],
        request=body if isinstance(body, dict) else {"application/json": body} if body else None,
        responses={(status, "application/json"): shape, **failures},
    )
    return described
