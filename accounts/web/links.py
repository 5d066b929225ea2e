"""The pages behind the links in mails: confirm, end, undo. Looking at them changes nothing."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import confirming, subscribing, tokens
from accounts.forms import Rhythm
from accounts.models import Subscription
from accounts.orders import in_words
from accounts.stopped import stopped
from accounts.web.private import by_token
from accounts.web.too_often import client, too_often


@by_token
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What is ordered, to be said yes to, at another hour if one likes."""
    try:
        uid = tokens.read("confirm", token, confirming.LINK_AGE)
    except tokens.Expired:
        return _too_old(request, token)
    except tokens.BadToken:
        return no_link(request)
    order = Subscription.objects.filter(uid=uid).first()
    if order is None:
        return no_link(request)
    if request.method == "POST":
        return _yes(request, order, tokens.written_at("confirm", token))
    return _shall_we(request, order)


def _shall_we(request: HttpRequest, order: Subscription) -> HttpResponse:
    stop = stopped([order.email])
    if order.confirmed_at and not order.ended_at and not stop:
        return _page(request, "confirmed", order)
    return _page(request, "confirm", order, form=Rhythm(initial=_rhythm(order)), stopped=stop)


def _yes(request: HttpRequest, order: Subscription, asked_at: datetime) -> HttpResponse:
    form = Rhythm(_rhythm(order) | request.POST.dict())
    if not form.is_valid():
        return _page(request, "confirm", order, form=form, status=400)
    try:
        lifted = confirming.say_yes(order.uid, asked_at, **form.cleaned_data)
    except subscribing.AlreadyOrdered as error:
        form.add_error(None, str(error))
        return _page(request, "confirm", order, form=form, status=400)
    order.refresh_from_db()
    name = "anew" if order.ended_at else "confirmed"
    return _page(request, name, order, lifted=lifted, stopped=stopped([order.email]))


def _too_old(request: HttpRequest, token: str) -> HttpResponse:
    """Offers a new link to the address that the old one went to, and sends it."""
    order = Subscription.objects.filter(uid=tokens.read("confirm", token, None)).first()
    if order is None:
        return no_link(request)
    if request.method != "POST":
        return render(request, "accounts/link_fails.html", {"again": True}, status=410)
    if seconds := confirming.too_soon(order.email, client(request)):
        return too_often(request, seconds)
    confirming.ring(order.uid)
    return render(request, "accounts/again.html")


@by_token
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Ends it by POST, at once, from a mail program (RFC 8058) or a page, any number of times."""
    order = owned("unsubscribe", token)
    if order is None:
        return no_link(request)
    if request.method != "POST":
        return _page(request, "ended" if order.ended_at else "end", order)
    if request.POST.get("action") == "undo":
        subscribing.confirm(order.uid, timezone.now())
        order.refresh_from_db()
        return _page(request, "anew" if order.ended_at else "kept", order)
    subscribing.end(order.uid, timezone.now())
    return _page(request, "ended", order)


def owned(purpose: str, token: str) -> Subscription | None:
    try:
        uid: UUID = tokens.read(purpose, token, None)
    except tokens.BadToken:
        return None
    return Subscription.objects.filter(uid=uid).first()


def _rhythm(order: Subscription) -> dict[str, object]:
    return {"cadence": order.cadence, "hour": order.hour, "timezone": order.timezone}


def _page(
    request: HttpRequest, name: str, order: Subscription, status: int = 200, **more: object
) -> HttpResponse:
    shown = {"order": in_words([order])[0], **more}
    return render(request, f"accounts/{name}.html", shown, status=status)


def no_link(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_fails.html", status=404)
