"""The mails that a first look writes to files, where no mail server is named."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts import outbox
from accounts.web.framed import framed

_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])")


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    found = outbox.mails(before)
    more = found[-1].name if len(found) == outbox.PAGE else ""
    return render(request, "outbox/index.html", {"mails": found, "before": before, "more": more})


@require_safe
@never_cache
def mail(request: HttpRequest, name: str) -> HttpResponse:
    found = _mail(name)
    shown = {"mail": found, "text": linked(found.text)}
    return render(request, "outbox/mail.html", shown)


@require_safe
@never_cache
@xframe_options_sameorigin
def html(_request: HttpRequest, name: str) -> HttpResponse:
    """The mail's markup alone, for a frame."""
    return framed(_mail(name).html)


def linked(text: str) -> SafeString:
    """The text as markup, its web addresses as links."""
    pieces = _ADDRESS.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a href="{0}">{0}</a>', piece) if place % 2 else piece,)
            for place, piece in enumerate(pieces)
        ),
    )


def _mail(name: str) -> outbox.Mail:
    found = outbox.mail(name)
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("", index, name="outbox"),
    path("<str:name>", mail, name="outbox_mail"),
    path("<str:name>/html", html, name="outbox_html"),
]
