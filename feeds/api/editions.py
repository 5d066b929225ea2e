"""The editions of a feed, as JSON."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from feeds import archive, reading
from feeds.answers import changed_at
from feeds.api.base import View, answer_json, viewer
from feeds.api.operations import DATE, DAYS, PAGES, operation
from feeds.api.render import page_json
from feeds.api.shapes import PaperListShape, Shape
from feeds.asked import Asked, limit_of, site_address
from feeds.query import FeedQuery, QueryError, parse_pairs

_BEFORE = OpenApiParameter(
    "before",
    {"type": "string", "pattern": f"^({DAYS})?$"},
    description="The `next_before` of the page before, or any day.",
)
_DAY = OpenApiParameter(
    "day",
    {"type": "string", "pattern": DATE.replace("^(|", "^("), "examples": ["2026-04-24"]},
    location=OpenApiParameter.PATH,
    description="A day, a week like 2026-W17, a month like 2026-04, or `latest`.",
)


class EditionShape(Shape):
    date = serializers.DateField()
    url = serializers.URLField(help_text="Its page.")
    leading = serializers.ListField(
        child=serializers.CharField(), help_text="The titles of its first papers."
    )


class EditionListShape(Shape):
    editions = EditionShape(many=True, help_text="The latest first.")
    next_before = serializers.DateField(
        allow_null=True, help_text="What `before=` takes for the next page; null on the last."
    )


class Editions(View):
    @operation(
        "list_editions",
        EditionListShape,
        tag="feeds",
        parameters=[_BEFORE],
        problems=(400, 404, 410),
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """The days on which the feed had an edition, 14 a page."""
        before = _before(request)
        found = archive.editions(FeedQuery(feed=slug.lower()), before, viewer=viewer(request))
        rows = [
            {
                "date": one.day,
                "url": site_address(f"/f/{one.query.feed}/{one.day}"),
                "leading": one.titles,
            }
            for one in found.editions
        ]
        return answer_json(request, {"editions": rows, "next_before": found.more})


class Edition(View):
    @operation(
        "read_edition",
        PaperListShape,
        tag="feeds",
        parameters=[_DAY, *PAGES],
        problems=(400, 404, 410),
    )
    def get(self, request: Request, slug: str, day: str) -> HttpResponseBase:
        """One edition: its papers in order, its curators' note, and what was corrected since."""
        given, reader = request.query_params, viewer(request)
        query = replace(parse_pairs([("date", day)]), feed=slug.lower())
        question = Asked(query, given.get("cursor", ""), limit_of(given, reading.MOST))
        page = question.answer(reader)
        following, path = question.following(page), "/api/v1/papers"
        data = page_json(page, following, path, signed_in=reader is not None)
        return answer_json(request, data, changed_at(page))


def _before(request: Request) -> date | None:
    text = request.query_params.get("before", "")
    if not text:
        return None
    with suppress(QueryError):
        query = parse_pairs([("date", text)])
        if query.date and query.period == "day":
            return query.date
    raise QueryError("before", f"before is {text[:20]!r}; it takes a day like 2026-04-24.")
