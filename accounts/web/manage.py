"""All that one reader has ordered: by the link in any mail, or signed in."""

from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts import data_letter, subscribing, suppressing
from accounts.channels.base import Permanent, Temporary, channels
from accounts.forms import Changing
from accounts.models import Subscription
from accounts.orders import in_words as orders_in_words
from accounts.orders import sort_of
from accounts.stopped import stopped
from accounts.web.links import no_link, owned
from accounts.web.private import by_token, private
from accounts.web.too_often import too_often
from feeds.limits import HOUR, Limit, in_words, wait

TRIES = Limit("channel-test", 5, HOUR)
AGAIN = Limit("mail-again", 3, 30 * 24 * HOUR)

DONE = {
    "change": _("It is changed."),
    "test": _("It is changed, and a test is on its way."),
    "end": _("It has ended. Nothing more of it comes."),
    "undo": _("It goes on."),
    "end_all": _("All of it has ended. No more mail comes."),
    "again": _("Mail comes again."),
}


@by_token
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    order = owned("manage", token)
    if order is None:
        return no_link(request)
    if request.POST.get("action") == "data":
        return _letter(request, order)
    return _mine(request, [order.email], guarded=False)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@private
def signed_in(request: HttpRequest) -> HttpResponse:
    mine = EmailAddress.objects.filter(user_id=request.user.pk, verified=True)
    return _mine(request, list(mine.values_list("email", flat=True)), guarded=True)


def _letter(request: HttpRequest, order: Subscription) -> HttpResponse:
    """Has the letter sent whose link gives or erases all that is kept."""
    if seconds := data_letter.ask(order):
        return too_often(request, seconds)
    return render(request, "accounts/data_asked.html", {"email": order.email})


def _mine(request: HttpRequest, addresses: list[str], *, guarded: bool) -> HttpResponse:
    """What these addresses get; `guarded` where a form must bring the cookie's token."""
    orders = list(Subscription.objects.of(addresses))
    if request.method != "POST":
        return _page(request, addresses, orders, guarded)
    action = request.POST.get("action", "")
    if action == "end_all":
        for order in orders:
            subscribing.end(order.uid, timezone.now())
        return _done(request, action)
    if action == "again":
        return _again(request, addresses)
    order = _meant(request, orders)
    if action in ("change", "test"):
        form = Changing(request.POST, auto_id=f"{order.uid}-%s")
        if action == "test":
            _try_out(order, form)
        if not _changed(order, form):
            return _page(request, addresses, orders, guarded, wrong=(order, form))
    elif action == "end":
        subscribing.end(order.uid, timezone.now())
    elif action == "undo":
        subscribing.confirm(order.uid, timezone.now())
    else:
        raise Http404
    return _done(request, action, order)


def _again(request: HttpRequest, addresses: list[str]) -> HttpResponse:
    """Mail goes again to an address that it was stopped to: its owner says that it may."""
    for stop in stopped(addresses):
        if stop.email == request.POST.get("email", "") and not stop.by_admin:
            if seconds := wait(AGAIN, stop.email):
                return too_often(request, seconds)
            suppressing.lift(stop.email, "Its owner asked for mail again.", timezone.now())
            return _done(request, "again")
    raise Http404


def _try_out(order: Subscription, form: Changing) -> None:
    """Sends a few words on the channel that the form names; the form says where they fail."""
    if not form.is_valid():
        return
    if seconds := wait(TRIES, order.email):
        form.add_error(
            "target", gettext("Enough tests for now. Wait %(time)s.") % {"time": in_words(seconds)}
        )
        return
    try:
        channels.get(form.cleaned_data["channel"]).test(form.cleaned_data["target"])
    except (Temporary, Permanent) as error:
        form.add_error("target", " ".join((gettext("The test did not go."), str(error))))
    except KeyError:
        form.add_error("channel", gettext("Say how it shall come."))


def _changed(order: Subscription, form: Changing) -> bool:
    """Whether the order is now as the form says; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        subscribing.change(order.uid, **form.changes(order.query))
    except subscribing.AlreadyOrdered as error:
        form.add_error(None, str(error))
        return False
    return True


def _meant(request: HttpRequest, orders: list[Subscription]) -> Subscription:
    """The order that the form names, if it is one of these. Raises Http404."""
    for order in orders:
        if str(order.uid) == request.POST.get("order"):
            return order
    raise Http404


def _done(
    request: HttpRequest, action: str, order: Subscription | None = None
) -> HttpResponseRedirect:
    place = f"#{order.uid}" if order else ""
    return HttpResponseRedirect(f"{request.path}?{urlencode({'done': action})}{place}", status=303)


def _page(
    request: HttpRequest,
    addresses: list[str],
    orders: list[Subscription],
    guarded: bool,
    wrong: tuple[Subscription, Changing] | None = None,
) -> HttpResponse:
    forms = [_form(row) for row in orders]
    shown = list(zip(orders_in_words(orders), forms, strict=True))
    if wrong:
        shown = [(order, wrong[1] if order.uid == wrong[0].uid else form) for order, form in shown]
    words = {
        "orders": shown,
        "addresses": addresses,
        "several": len(addresses) > 1,
        "several_running": sum(order.running for order, _ in shown) > 1,
        "stopped": stopped(addresses),
        "guarded": guarded,
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "accounts/manage.html", words, status=400 if wrong else 200)


def _form(order: Subscription) -> Changing:
    return Changing(
        initial={
            "cadence": order.cadence,
            "hour": order.hour,
            "timezone": order.timezone,
            "most": order.most,
            "paused_until": order.paused_until,
            "sort": sort_of(order.query),
            "breadth": _said(order.breadth),
            "skip_seen": _said(order.skip_seen),
            "skip_empty": _said(order.skip_empty),
            "gap": order.gap,
            "daily_most": order.daily_most,
            "channel": order.channel,
            "target": order.target,
            "language": order.language,
        },
        auto_id=f"{order.uid}-%s",
    )


def _said(yes: bool) -> str:
    return "yes" if yes else "no"
