"""Lists for feed readers, which show a key in the address: as feeds, as files, as an outline."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from accounts import own_lists, reader_keys
from accounts.web.too_often import client
from feeds.answers import conditional
from feeds.asked import Whose
from feeds.exports.base import Export
from feeds.exports.views import listed_for
from feeds.limits import HOUR, Limit, in_words, wait
from feeds.syndication import opml
from feeds.syndication.views import Format, answer

BEFORE = "/mine"
READING = Limit("reader-key", 600, HOUR)
UNKNOWN = Limit("reader-key-unknown", 60, HOUR)
PAGE = "/account/feed-reader"
View = Callable[..., HttpResponseBase]


def by_key(view: View) -> View:
    """The view, as `whose` key stands in the address: in no index and no shared cache, and its
    address told to no other site."""

    @wraps(view)
    @require_safe
    @sensitive_variables("secret")
    def guarded(request: HttpRequest, /, **given: object) -> HttpResponseBase:
        secret = request.GET.get("key", "")
        key = reader_keys.key_of(secret, timezone.now())
        if key is None:
            return _private(_unknown(request))
        if seconds := wait(READING, f"{key.pk}"):
            return _private(_too_often(seconds))
        whose = Whose(key.user_id, before=BEFORE, key=secret)
        return _private(view(request, whose=whose, **given))

    return guarded


@by_key
def feed(request: HttpRequest, form: Format, whose: Whose) -> HttpResponseBase:
    return answer(request, form, whose)


@by_key
def listed(request: HttpRequest, form: Export, whose: Whose) -> HttpResponseBase:
    return listed_for(request, form, whose)


@by_key
def outline(request: HttpRequest, whose: Whose) -> HttpResponseBase:
    """All of the person's lists, each by an address with the same key."""
    groups = own_lists.outlines(whose.viewer or 0, whose)
    return conditional(request, opml.render(own_lists.title(), groups), opml.CONTENT_TYPE)


def _private(answer: HttpResponseBase) -> HttpResponseBase:
    # A feed reader may keep it and ask whether it changed; no cache on the way may.
    answer["Cache-Control"] = "private, no-cache"
    answer["CDN-Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _unknown(request: HttpRequest) -> HttpResponse:
    if seconds := wait(UNKNOWN, client(request)):
        return _too_often(seconds)
    where = f"{settings.SITE_URL}{PAGE}"
    text = f"The key in this address opens nothing, or not any more. Take a new address: {where}\n"
    return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")


def _too_often(seconds: int) -> HttpResponse:
    text = f"That is a lot at once. Please wait {in_words(seconds)}.\n"
    refused = HttpResponse(text, status=429, content_type="text/plain; charset=utf-8")
    refused["Retry-After"] = f"{seconds}"
    return refused
