"""A question that cannot be read is answered by a page that says which part of it, and why."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from feeds.query import Gone, NotThere, QueryError, SignIn

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def query_error(request: HttpRequest, error: QueryError) -> HttpResponse:
    """The page that shows the slip where it is, with the words in the box to be mended."""
    shown: dict[str, Any] = {"error": error, "words": request.GET.get("q", "")}
    if error.position is not None:
        shown["slip"] = slip_of(error.given, error.position)
    return render(request, "feeds/query_error.html", shown, status=400)


def slip_of(given: str, at: int) -> dict[str, str]:
    """The text in three parts: the sign at that place, and what stands around it."""
    return {"before": given[:at], "at": given[at : at + 1], "after": given[at + 1 :]}


def answers_query_errors(view: View[P]) -> View[P]:
    """The view, answering a QueryError with status 400 and what to do about it."""

    @wraps(view)
    def answering(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Gone as gone:
            return render(request, "feeds/gone.html", {"words": str(gone)}, status=gone.status)
        except SignIn:
            return redirect_to_login(request.get_full_path())
        except NotThere as unknown:
            raise Http404 from unknown
        except QueryError as error:
            return query_error(request, error)

    return answering
