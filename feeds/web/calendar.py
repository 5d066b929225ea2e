"""The days that have an edition, month by month: a way into all of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feeds import reading
from feeds.calendar import month
from feeds.web.asked import question, viewer
from feeds.web.errors import answers_query_errors
from feeds.web.months import CalendarView, calendar_address


@require_safe
@answers_query_errors
def latest(request: HttpRequest) -> HttpResponse:
    """Leads to the latest month that has an edition; to this one, where there is none."""
    query = question(request, period="month")
    found = reading.at_latest(query, viewer=viewer(request)).date
    first = found or timezone.now().date().replace(day=1)
    return redirect(calendar_address(query, first))


@require_safe
@answers_query_errors
def of_month(request: HttpRequest, date: str) -> HttpResponse:
    query = question(request, period="month", date=date)
    assert query.date  # noqa: S101 (the path has one)
    reader = viewer(request)
    found = month(query, query.date, viewer=reader)
    shown = CalendarView(found, reading.names_in([query], viewer=reader))
    return render(request, "feeds/calendar.html", {"calendar": shown})
