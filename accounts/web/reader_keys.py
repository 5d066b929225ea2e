"""Addresses for a person's feed reader: keys in them, made and renewed; outlines, out and in."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts import own_lists, reader_keys
from accounts.reader_keys import CannotMake
from accounts.web.by_key import BEFORE
from accounts.web.private import private
from feeds import limits
from feeds.asked import ANYBODY, Whose, site_address
from feeds.following_outline import Taken, follow_all
from feeds.limits import HOUR, Limit
from feeds.outlines import LARGEST, BadOutline, read
from feeds.syndication import opml
from feeds.syndication.views import FORMATS
from feeds.web.addresses import address

TAKING = Limit("outline", 20, HOUR)


class ReaderKeyForm(forms.Form):
    name = forms.CharField(
        label=_("Its name"), max_length=80, help_text=_("Which feed reader will use it.")
    )


class OutlineForm(forms.Form):
    file = forms.FileField(
        label=_("An OPML file"),
        error_messages={
            "required": _("Choose a file that a feed reader exported."),
            "empty": _("The file is empty."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@private
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    person, number = request.user.pk or 0, _number(request.POST.get("key"))
    action = request.POST.get("action", "make")
    if action == "revoke":
        reader_keys.revoke(person, number)
        return _page(request, said=gettext("It opens nothing any more."))
    if action == "renew":
        secret = reader_keys.renew(person, number, timezone.now())
        return _page(request, secret=secret or "")
    return _made(request, person)


@require_safe
@login_required
@private
def outline(request: HttpRequest) -> HttpResponse:
    """The person's lists that need no key, as a file."""
    with override("en"):
        groups = own_lists.outlines(request.user.pk or 0, ANYBODY)
        body = opml.render(own_lists.title(), groups)
    answer = HttpResponse(body, content_type=opml.CONTENT_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="lists.opml"'
    return answer


@require_http_methods(["POST"])
@login_required
@private
def take(request: HttpRequest) -> HttpResponse:
    """Follows what an uploaded outline names of this site."""
    person, form = request.user.pk or 0, OutlineForm(request.POST, request.FILES)
    if seconds := limits.wait(TAKING, f"{person}"):
        wait = limits.in_words(seconds)
        form.add_error("file", gettext("Enough files for now. Wait %(wait)s.") % {"wait": wait})
    if not form.is_valid():
        return _page(request, outline=form, status=400)
    try:
        lines = read(_content(form.cleaned_data["file"]))
    except BadOutline as reason:
        form.add_error("file", str(reason))
        return _page(request, outline=form, status=400)
    return _page(request, taken=follow_all(lines, person, timezone.now()))


@sensitive_variables("secret")
def _made(request: HttpRequest, person: int) -> HttpResponse:
    form = ReaderKeyForm(request.POST)
    if form.is_valid():
        try:
            secret = reader_keys.make(person, form.cleaned_data["name"], timezone.now())
            return _page(request, secret=secret)
        except CannotMake as reason:
            form.add_error(None, str(reason))
    return _page(request, form=form, status=400)


@sensitive_variables("secret", "whose")
def _page(
    request: HttpRequest,
    *,
    form: ReaderKeyForm | None = None,
    outline: OutlineForm | None = None,
    secret: str = "",
    said: str = "",
    taken: list[Taken] | None = None,
    status: int = 200,
) -> HttpResponse:
    person = request.user.pk or 0
    whose = Whose(person, before=BEFORE, key=secret)
    shown = {
        "form": form or ReaderKeyForm(),
        "outline": outline or OutlineForm(),
        "keys": reader_keys.of_person(person),
        "addresses": _addresses(person, whose) if secret else [],
        "all_of_them": site_address(f"{BEFORE}/lists.opml?key={secret}") if secret else "",
        "said": said,
        "followed": [(address(one.query), one) for one in taken or [] if one.query],
        "refused": [one for one in taken or [] if not one.query],
        "took": taken is not None,
    }
    return render(request, "accounts/reader_keys.html", shown, status=status)


def _addresses(person: int, whose: Whose) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each list that only the person may read: its title, its address, and those in the other
    formats with their names."""
    found = []
    for one in own_lists.lists_of(person):
        if one.closed:
            usual, *others = (
                (own_lists.outline(one, whose, f"/{form.path}").feed, form.label)
                for form in FORMATS
            )
            found.append((one.title, usual[0], others))
    return found


def _content(file: "UploadedFile[bytes]") -> bytes:
    """What was uploaded, one byte more than is read at most: the reader says that it is much."""
    return bytes(file.read(LARGEST + 1))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0
