"""A mail on the web: exactly the papers that it held, as they read now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import orders, tokens
from accounts.models import Delivery
from accounts.web.links import no_link
from accounts.web.private import private
from feeds import reading
from feeds.query import QueryError, parse
from feeds.web.addresses import address
from feeds.web.wording import period_words


@require_safe
@private
def delivered(request: HttpRequest, token: str) -> HttpResponse:
    """Who has the link reads the papers, and learns nothing of whom they were sent to."""
    try:
        row = Delivery.objects.filter(pk=tokens.read_delivery(token)).first()
        asked = parse(row.asked) if row else None
    except (tokens.BadToken, QueryError):
        row, asked = None, None
    if row is None or asked is None or not asked.date:
        return no_link(request)
    shown = {
        "day": period_words(asked),
        "edition": address(asked),
        "what": orders.what(row.asked),
        "papers": reading.these(row.papers),
    }
    return render(request, "accounts/delivered.html", shown)
