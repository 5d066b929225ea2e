"""Any edition as a mail: looked at as it is, and sent to oneself."""

from smtplib import SMTPException
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from accounts import previewing
from accounts.models import Cadence
from accounts.web.framed import framed
from accounts.web.too_often import too_often
from feeds.limits import HOUR, Limit, wait
from feeds.named import feeds_listed
from feeds.query import QueryError
from feeds.web.addresses import with_terms
from feeds.web.desk.staff import for_staff

TESTS = Limit("mail-test", 20, HOUR)


class Wanted(forms.Form):
    """Which mail is looked at."""

    feed = forms.ChoiceField(label=_("Feed"), required=False)
    query = forms.CharField(
        label=_("Or a question"),
        required=False,
        max_length=4000,
        help_text=_("as it stands in an address: tag=diffusion&has=code"),
    )
    cadence = forms.ChoiceField(label=_("How often"), choices=Cadence.choices)
    day = forms.DateField(
        label=pgettext_lazy("day", "On"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    most = forms.IntegerField(label=_("Papers at most"), min_value=1, max_value=100)

    def __init__(self, data: object, viewer: int) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        feeds = [(one.slug, one.name) for one in feeds_listed(viewer)]
        self.fields["feed"].choices = [("", _("none: all papers")), *feeds]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        query = said["query"] or (f"feed={said['feed']}" if said["feed"] else "")
        return {name: said[name] for name in ("cadence", "day", "most")} | {"query": query}


@require_safe
@for_staff
def preview(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    mail, problem = _mail(request, form)
    terms = [(name, str(form[name].value() or "")) for name in form.fields]
    shown = {
        "form": form,
        "mail": mail,
        "problem": problem,
        "frame": with_terms("/desk/mail/preview/html", terms),
    }
    return render(request, "desk/mail/preview.html", shown, status=200 if mail else 400)


@require_safe
@for_staff
@xframe_options_sameorigin
def html(request: HttpRequest) -> HttpResponse:
    """The mail's markup alone, for a frame."""
    mail = _mail(request, _form(request))[0]
    return framed(mail.html if mail else "")


@require_POST
@for_staff
def test(request: HttpRequest) -> HttpResponse:
    """Sends the mail to whoever asks, and to nobody else."""
    form = Wanted(request.POST, request.user.pk or 0)
    if not form.is_valid():
        return render(request, "desk/mail/preview.html", {"form": form}, status=400)
    if seconds := wait(TESTS, str(request.user.pk)):
        return too_often(request, seconds)
    try:
        previewing.send_to_me(**_given(request, form))
    except (QueryError, previewing.NothingThere) as error:
        messages.error(request, str(error))
    except (SMTPException, OSError) as error:
        said = gettext("The mail server did not take it: %(error)s.")
        messages.error(request, said % {"error": type(error).__name__})
    else:
        messages.info(request, _("It is on its way to you."))
    terms = [(name, str(form[name].value() or "")) for name in form.fields]
    return redirect(with_terms("/desk/mail/preview", terms))


def _form(request: HttpRequest) -> Wanted:
    usual = {"cadence": Cadence.DAILY.value, "day": timezone.now().date().isoformat(), "most": "20"}
    given = {name: request.GET[name] for name in request.GET if request.GET[name]}
    return Wanted(usual | given, request.user.pk or 0)


def _mail(request: HttpRequest, form: Wanted) -> tuple[previewing.Preview | None, str]:
    if not form.is_valid():
        return None, ""
    try:
        return previewing.message(**_given(request, form)), ""
    except (QueryError, previewing.NothingThere) as error:
        return None, str(error)


def _given(request: HttpRequest, form: Wanted) -> dict[str, Any]:
    assert request.user.is_authenticated  # noqa: S101  (the desk is for staff)
    return form.asked() | {"reader": request.user.pk, "to": request.user.email}
