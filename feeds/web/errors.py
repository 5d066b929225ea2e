"""A question that cannot be read is answered by a page that says which part of it, and why."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from feeds.query import NotThere, QueryError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def answers_query_errors(view: View[P]) -> View[P]:
    """The view, answering a QueryError with status 400 and what to do about it."""

    @wraps(view)
    def answering(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotThere as unknown:
            raise Http404 from unknown
        except QueryError as error:
            given = {"error": error, "words": request.GET.get("q", "")}
            return render(request, "feeds/query_error.html", given, status=400)

    return answering
