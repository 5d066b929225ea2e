"""The addresses of the daily papers API; docs/api.md says where an answer differs from theirs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from feeds import reading
from feeds.answers import conditional
from feeds.api.base import CONTENT_TYPE, View, viewer
from feeds.api.hf import questions
from feeds.api.hf.described import LISTED, PAGED, SEARCHED, hf_operation
from feeds.api.hf.items import Json, flat_item, list_item
from feeds.api.hf.shapes import HfFlatShape, HfItemShape
from feeds.api.problems import answer_problem
from feeds.asked import Asked
from feeds.people import person_named
from feeds.query import FeedQuery
from feeds.records import PaperView

# A day without papers is filled up from one that is at most this much earlier.
FILLED_FROM = timedelta(days=7)
MOST_FOUND = 120

Found = tuple[PaperView, ...]


class HfView(View):
    """Answers with JSON as it is, and with `{"error": …}` where something is wrong."""

    def get_exception_handler(self) -> Callable[..., HttpResponseBase | None]:
        return _answer_error


class DailyPapers(HfView):
    @hf_operation("hf_daily_papers", HfItemShape(many=True), LISTED, problems=(400, 404))
    def get(self, request: Request) -> HttpResponseBase:
        """The papers of a day, week or month in its order; without one all, newest first.

        A day on which nothing was listed is filled up from the last one before it, at most a
        week back; its papers say so by `filledFrom`.
        """
        given = request.query_params
        limit = questions.number(given, "limit", reading.PAGE, 1, reading.MOST)
        skipped = limit * questions.number(given, "p", 0, 0, questions.DEEPEST)
        query = questions.listed(given)
        if skipped > questions.DEEPEST:
            return _answer(request, [])
        if who := questions.submitter(given):
            found, filled_from = _submitted(who, viewer(request))[skipped : skipped + limit], None
        else:
            found, filled_from = _filled(query, skipped, limit, viewer(request))
        return _answer(request, [list_item(paper, filled_from=filled_from) for paper in found])


class Search(HfView):
    @hf_operation("hf_search_papers", HfItemShape(many=True), SEARCHED, problems=(400, 404))
    def get(self, request: Request) -> HttpResponseBase:
        """The papers that fit the words."""
        limit = questions.number(request.query_params, "limit", 20, 1, MOST_FOUND)
        query = questions.searched(request.query_params)
        found = _papers(query, 0, limit, viewer(request))
        return _answer(request, [list_item(paper) for paper in found])


class Papers(HfView):
    @hf_operation("hf_list_papers", HfItemShape(many=True), PAGED, problems=(400,))
    def get(self, request: Request) -> HttpResponseBase:
        """All papers, newest first; `Link` leads to the page after."""
        given = request.query_params
        limit = questions.number(given, "limit", reading.PAGE, 1, reading.MOST)
        every = FeedQuery(period="all", sort="new")
        asked = Asked(every, given.get("cursor", ""), limit)
        page = asked.answer(viewer(request))
        answer = _answer(request, [list_item(paper) for paper in page.papers])
        if following := asked.following(page):
            answer["Link"] = f'<{replace(following).address(request.path)}>; rel="next"'
        return answer


class Paper(HfView):
    @hf_operation("hf_read_paper", HfFlatShape, [], problems=(404,))
    def get(self, request: Request, key: str) -> HttpResponseBase:
        """One paper, by its arXiv id, DOI or key."""
        found = reading.paper(key, viewer=viewer(request))
        if found is None:
            raise NotFound(f"No paper is known as {key[:100]}.")
        return _answer(request, flat_item(found))


def _answer(request: Request, data: list[Json] | Json) -> HttpResponseBase:
    return conditional(request, orjson.dumps(data), CONTENT_TYPE)


def _answer_error(error: Exception, context: dict[str, Any]) -> HttpResponseBase | None:
    answer = answer_problem(error, context)
    if answer is None:
        return None
    said = {"error": orjson.loads(answer.content)["detail"]}
    told = HttpResponse(orjson.dumps(said), status=answer.status_code, content_type=CONTENT_TYPE)
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in answer.headers:
            told[name] = answer.headers[name]
    return told


def _papers(query: FeedQuery, skipped: int, limit: int, reader: int | None) -> Found:
    """At most `limit` papers of the list after the first `skipped`."""
    cursor = reading.cursor_after(query, skipped, viewer=reader) if skipped else ""
    if cursor is None:
        return ()
    page = reading.papers_in(query, viewer=reader, cursor=cursor, limit=min(limit, reading.MOST))
    found = page.papers
    if page.cursor and len(found) < limit:
        rest = limit - len(found)
        found += reading.papers_in(query, viewer=reader, cursor=page.cursor, limit=rest).papers
    return found


def _filled(
    query: FeedQuery, skipped: int, limit: int, reader: int | None
) -> tuple[Found, date | None]:
    """Those papers; of a day without any, those of the day that fills it up, and that day."""
    found = _papers(query, skipped, limit, reader)
    if found or query.period != "day" or not query.date:
        return found, None
    before = reading.papers_in(query, viewer=reader, limit=1)
    if before.papers or not before.previous or query.date - before.previous > FILLED_FROM:
        return (), None
    return _papers(query.on("day", before.previous), skipped, limit, reader), before.previous


def _submitted(who: str, reader: int | None) -> Found:
    """What the person gave and curators accepted, the last first."""
    person = person_named(who, reader) if "\0" not in who else None
    return person.papers if person else ()
