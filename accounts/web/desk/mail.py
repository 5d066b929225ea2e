"""The desk of mail: what goes out, whether it goes, and trying what failed again."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import pausing, sends
from accounts.channels.base import channels
from accounts.models import ChannelState, ReturnBox
from accounts.tasks import ring as ring_task
from feeds.ringing import ring
from feeds.web.desk.staff import for_staff


@require_safe
@for_staff
def overview(request: HttpRequest) -> HttpResponse:
    shown = {
        "channels": _channels(),
        "sends": sends.sends(timezone.now()),
        "test_address": settings.MAIL_TEST_ADDRESS,
        "per_minute": settings.MAIL_PER_MINUTE,
        "per_domain": settings.MAIL_PER_DOMAIN,
        "returned": ReturnBox.objects.order_by("-read_at").first(),
        "reads_returned": settings.BOUNCE_MAILBOX is not None,
    }
    return render(request, "desk/mail/overview.html", shown)


@require_safe
@for_staff
def one_send(request: HttpRequest, day: str, cadence: str) -> HttpResponse:
    found = _send(day, cadence)
    shown = {"send": found, "failures": sends.failures(found.day, cadence)}
    return render(request, "desk/mail/send.html", shown)


@require_safe
@for_staff
def progress(request: HttpRequest, day: str, cadence: str) -> HttpResponse:
    """How far the send is: a part of a page, which is loaded anew when it is done."""
    found = _send(day, cadence)
    answer = render(request, "desk/mail/_progress.html", {"send": found})
    if not found.is_running:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@for_staff
def resend(request: HttpRequest, day: str, cadence: str) -> HttpResponse:
    found = _send(day, cadence)
    tried = sends.resend(found.day, cadence, timezone.now())
    if tried:
        ring(ring_task)
        said = ngettext("%(mails)s mail is tried again.", "%(mails)s mails are tried again.", tried)
        messages.info(request, said % {"mails": number_format(tried, force_grouping=True)})
    else:
        messages.info(request, _("Nothing can be tried again: mail to those addresses is stopped."))
    return redirect("desk-mail-send", day, cadence)


@require_POST
@for_staff
def pause(request: HttpRequest) -> HttpResponse:
    pausing.pause(_channel(request), timezone.now(), by=request.user.pk or 0)
    messages.info(request, _("Nothing goes out until you resume it. What is due waits."))
    return redirect("desk-mail")


@require_POST
@for_staff
def resume(request: HttpRequest) -> HttpResponse:
    pausing.resume(_channel(request))
    ring(ring_task)
    messages.info(request, _("It goes on."))
    return redirect("desk-mail")


def _channels() -> list[tuple[str, str | Promise, ChannelState | None]]:
    states = {state.name: state for state in ChannelState.objects.select_related("paused_by")}
    return [(name, channels.get(name).label, states.get(name)) for name in channels.names()]


def _channel(request: HttpRequest) -> str:
    name = request.POST.get("channel", "")
    if name not in channels.names():
        raise Http404
    return name


def _send(day: str, cadence: str) -> sends.Send:
    try:
        found = sends.send(date.fromisoformat(day), cadence)
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found
