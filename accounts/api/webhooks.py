"""Webhooks as JSON: one's own, made, changed, switched, deleted, with their secrets."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.api import webhook_shapes as shapes
from accounts.api.webhook_render import webhook_json
from accounts.models import Webhook
from accounts.webhooks import making, signing
from accounts.webhooks.making import CannotMake, Wish, terms
from feeds.api import given
from feeds.api.base import View, answer_json, signed_in
from feeds.api.given import Conflict
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.query import parse

TAG = "webhooks"
_WISHES = ("name", "url", "query", "events", "shape")
_FIELDS = {"asked": "query", "kinds": "events"}  # as the API calls them


class Webhooks(View):
    permission_classes = [IsAuthenticated]

    @operation("list_webhooks", shapes.WebhookListShape, tag=TAG, problems=(401, 403))
    def get(self, request: Request) -> HttpResponseBase:
        """Yours."""
        hooks = making.of_person(signed_in(request))
        return answer_json(request, {"webhooks": [webhook_json(hook) for hook in hooks]})

    @operation(
        "make_webhook",
        shapes.NewWebhookShape,
        tag=TAG,
        body=shapes.WebhookWishShape,
        problems=(400, 401, 403, 409, 415, 422),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """A new one, told of what happens from now on. Its secret is in this answer alone."""
        made: Any = self._make(request)  # kept for a repetition, without the secret
        return _with_secret(request, mine(request, orjson.loads(made.content)["id"]))

    @once
    def _make(self, request: Request) -> Any:
        if not given.has(request, "url") or not given.has(request, "events"):
            missing = [name for name in ("url", "events") if not given.has(request, name)]
            raise ValidationError({name: [f"{name} has to be given."] for name in missing})
        bare = Webhook(query="", shape="standard", kinds=[])
        with refused():
            hook = making.make(signed_in(request), _wish(request, bare), timezone.now())
        return answer_json(request, webhook_json(hook))


class OneWebhook(View):
    permission_classes = [IsAuthenticated]

    @operation("read_webhook", shapes.WebhookShape, tag=TAG, problems=(401, 403, 404))
    def get(self, request: Request, number: int) -> HttpResponseBase:
        """One of yours."""
        return answer_json(request, webhook_json(mine(request, number)))

    @operation(
        "change_webhook",
        shapes.WebhookShape,
        tag=TAG,
        body=shapes.WebhookChangeShape,
        problems=(400, 401, 403, 404, 409, 415),
    )
    def patch(self, request: Request, number: int) -> HttpResponseBase:
        """Changes what the body names, and switches it on or off; its secret stays."""
        hook, now = mine(request, number), timezone.now()
        wish, on = _wish(request, hook), given.yes_or_no(request, "on")
        with refused():
            # One whose list is gone by now can be switched off all the same.
            if any(given.has(request, field) for field in _WISHES):
                making.change(hook, wish, now)
            if on and not hook.is_on:
                making.switch_on(hook, now)
        if on is False:
            making.switch_off(hook, now)
        return answer_json(request, webhook_json(mine(request, number)))

    @operation("delete_webhook", shapes.GoneShape, tag=TAG, problems=(401, 403, 404))
    def delete(self, request: Request, number: int) -> HttpResponseBase:
        """Deletes it, and what was sent is forgotten with it."""
        making.delete(mine(request, number))
        return answer_json(request, {"deleted": number})


class Secret(View):
    permission_classes = [IsAuthenticated]

    @operation("renew_webhook_secret", shapes.NewWebhookShape, tag=TAG, problems=(401, 403, 404))
    def post(self, request: Request, number: int) -> HttpResponseBase:
        """A new secret, told in this answer alone; the one before it signs as well for a day."""
        hook = mine(request, number)
        making.rotate(hook, timezone.now())
        return _with_secret(request, hook)


def mine(request: Request, number: int) -> Webhook:
    """The webhook, which has to be the asker's own. Raises NotFound."""
    found = making.one(signed_in(request), number)
    if found is None:
        raise NotFound("There is no such webhook of yours.")
    return found


@contextmanager
def refused() -> Iterator[None]:
    """Refusals become the answer that says why, with 409, at the field to blame."""
    try:
        yield
    except CannotMake as reason:
        field = reason.field or ""
        raise Conflict(str(reason), _FIELDS.get(field, field)) from None


@sensitive_variables("told")
def _with_secret(request: Request, hook: Webhook) -> HttpResponseBase:
    told = webhook_json(hook) | {"secret": signing.secret(hook)}
    return answer_json(request, told)


def _wish(request: Request, otherwise: Webhook) -> Wish:
    """What the body says, and what it does not say as it was. Raises ValidationError, QueryError
    where its query cannot be read."""
    most = shapes.LONGEST
    asked = given.text(request, "query", otherwise.query, most=most["query"])
    parse(terms(asked))
    return Wish(
        name=given.text(request, "name", otherwise.name or None, most=most["name"]),
        url=given.text(request, "url", otherwise.url, most=most["url"]),
        asked=asked,
        kinds=given.several_of(request, "events", shapes.EVENTS) or otherwise.kinds,
        shape=given.one_of(request, "shape", shapes.SHAPES) or otherwise.shape,
    )
