"""A person's webhooks: made, tried, looked into, switched."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import orders
from accounts.models import Webhook
from accounts.tasks import send_to_webhook
from accounts.web.private import private
from accounts.webhooks import making, signing
from accounts.webhooks.making import CannotMake, Wish
from accounts.webhooks.shapes.base import shapes
from feeds.ringing import ring


class WebhookForm(forms.Form):
    name = forms.CharField(max_length=80)
    url = forms.CharField(
        label=_("Its address"),
        max_length=2000,
        widget=forms.TextInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    asked = forms.CharField(
        label=_("Which papers"),
        required=False,
        max_length=2000,
        help_text=_(
            "The address of any list here, or its query like tag=diffusion. "
            "Empty is the front page."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("It is told when"),
        choices=Webhook.Kind.choices,
        initial=[Webhook.Kind.ADDED],
        widget=forms.CheckboxSelectMultiple,
    )
    shape = forms.ChoiceField(label=_("In the shape of"), initial="standard")

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        found = sorted(shapes.all(), key=lambda shape: (shape.name != "standard", shape.label))
        choices = [(shape.name, shape.label) for shape in found]
        self.fields["shape"] = forms.ChoiceField(
            label=_("In the shape of"), choices=choices, initial="standard"
        )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@private
def all_webhooks(request: HttpRequest) -> HttpResponse:
    asked = {"asked": request.GET["query"]} if "query" in request.GET else None
    form = WebhookForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            hook = making.make(_person(request), Wish(**form.cleaned_data), timezone.now())
        except CannotMake as reason:
            form.add_error(reason.field, str(reason))
        else:
            return redirect("webhook", hook.pk)
    hooks = [(hook, _what(hook)) for hook in making.of_person(_person(request))]
    status = 400 if form.errors else 200
    return render(request, "accounts/webhooks.html", {"form": form, "hooks": hooks}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@private
def one_webhook(request: HttpRequest, number: int) -> HttpResponse:
    hook = making.one(_person(request), number)
    if hook is None:
        raise Http404
    if request.method != "POST":
        return _page(request, hook)
    if request.POST.get("action") == "change":
        return _change(request, hook)
    try:
        return _done(request, hook, request.POST.get("action", ""))
    except CannotMake as reason:
        return _page(request, hook, said=str(reason), status=409)


def _change(request: HttpRequest, hook: Webhook) -> HttpResponse:
    form = WebhookForm(request.POST)
    if form.is_valid():
        try:
            making.change(hook, Wish(**form.cleaned_data), timezone.now())
        except CannotMake as reason:
            form.add_error(reason.field, str(reason))
        else:
            return redirect("webhook", hook.pk)
    return _page(request, hook, form=form, status=400)


@sensitive_variables("secret")
def _done(request: HttpRequest, hook: Webhook, action: str) -> HttpResponse:
    """Does what a button says. Raises CannotMake."""
    now = timezone.now()
    if action in ("secret", "rotate"):
        if action == "rotate":
            making.rotate(hook, now)
        return _page(request, hook, secret=signing.secret(hook))
    if action == "delete":
        making.delete(hook)
        return redirect("webhooks")
    if action == "on":
        making.switch_on(hook, now)
    elif action == "off":
        making.switch_off(hook, now)
    elif action == "test":
        making.send_test(hook, now)
        ring(send_to_webhook, hook.pk)
    elif action == "again" and making.send_again(hook, _number(request.POST.get("event")), now):
        ring(send_to_webhook, hook.pk)
    return redirect("webhook", hook.pk)


def _page(
    request: HttpRequest,
    hook: Webhook,
    *,
    form: WebhookForm | None = None,
    said: str = "",
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    log, following = making.log(hook, _number(request.GET.get("before")))
    told = {
        "hook": hook,
        "form": form or WebhookForm(initial=_as_it_is(hook)),
        "what": _what(hook),
        "kinds": [Webhook.Kind(kind).label for kind in hook.kinds],
        "shape": shapes.get(hook.shape).label,
        "two": bool(hook.former_until and hook.former_until > timezone.now()),
        "log": log,
        "following": following,
        "said": said,
        "secret": secret,
    }
    return render(request, "accounts/webhook.html", told, status=status)


def _as_it_is(hook: Webhook) -> dict[str, object]:
    kept = ("name", "url", "kinds", "shape")
    return {name: getattr(hook, name) for name in kept} | {"asked": hook.query}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _what(hook: Webhook) -> str:
    return orders.what(hook.query, reader=hook.user_id)


def _person(request: HttpRequest) -> int:
    return request.user.pk or 0
