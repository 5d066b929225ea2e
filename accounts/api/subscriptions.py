"""Subscriptions as JSON: one's own, ordered, changed, paused, ended, looked at before they come."""

from typing import ClassVar
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts import own_orders, previewing, subscribing
from accounts.api import order_words
from accounts.api import subscription_shapes as shapes
from accounts.api.paging import BEFORE, before
from accounts.api.subscription_render import delivery_json, subscription_json
from accounts.models import Subscription
from accounts.orders import in_words
from accounts.own_orders import CannotOrder
from accounts.schedule import local_day
from accounts.subscribing import AlreadyOrdered
from feeds.api import given
from feeds.api.base import View, answer_json, signed_in
from feeds.api.given import Conflict
from feeds.api.once import once
from feeds.api.operations import operation

TAG = "subscriptions"


class Subscriptions(View):
    permission_classes = [IsAuthenticated]
    limits: ClassVar = {"POST": [own_orders.ORDERING]}

    @operation(
        "list_subscriptions",
        shapes.SubscriptionListShape,
        tag=TAG,
        parameters=[BEFORE],
        problems=(400, 401, 403),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """All that your confirmed addresses ever ordered, 50 a page."""
        rows, following = own_orders.of_person(signed_in(request), before(request))
        told = [subscription_json(*one) for one in zip(rows, in_words(rows), strict=True)]
        return answer_json(request, {"subscriptions": told, "next_before": following})

    @operation(
        "subscribe",
        shapes.SubscriptionShape,
        tag=TAG,
        body=shapes.SubscriptionOrderShape,
        problems=(400, 401, 403, 404, 409, 410, 415, 422, 429),
    )
    @once
    def post(self, request: Request) -> HttpResponseBase:
        """Orders the papers of a query, to a confirmed address of yours; it runs at once."""
        reader, email = signed_in(request), given.text(request, "email", "", most=254)
        query, words = order_words.asked(request, reader), order_words.ordered(request)
        try:
            made = own_orders.order(reader, email, query, words, timezone.now())
        except own_orders.TooOften as refused:
            raise Throttled(refused.seconds, str(refused)) from None
        except CannotOrder as refused:
            raise Conflict(str(refused), refused.field) from None
        except AlreadyOrdered as refused:
            raise Conflict(str(refused), "query") from None
        return _answer(request, made)


class OneSubscription(View):
    permission_classes = [IsAuthenticated]

    @operation("read_subscription", shapes.SubscriptionShape, tag=TAG, problems=(401, 403, 404))
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        """One of yours."""
        return _answer(request, _mine(request, uid))

    @operation(
        "change_subscription",
        shapes.SubscriptionShape,
        tag=TAG,
        body=shapes.SubscriptionChangeShape,
        problems=(400, 401, 403, 404, 409, 410, 415),
    )
    def patch(self, request: Request, uid: UUID) -> HttpResponseBase:
        """Changes what the body names; the rest stays. `paused_until` pauses it, null resumes."""
        order = _mine(request, uid)
        changes = order_words.changed(request, order)
        if given.has(request, "query"):
            changes["query"] = order_words.asked(request, signed_in(request))
        if order.ended_at:
            raise Conflict("It has ended. Order it anew.")
        with given.conflicts("query", AlreadyOrdered):
            subscribing.change(uid, **changes)
        return _answer(request, _mine(request, uid))


class End(View):
    permission_classes = [IsAuthenticated]

    @operation("end_subscription", shapes.SubscriptionShape, tag=TAG, problems=(401, 403, 404))
    def post(self, request: Request, uid: UUID) -> HttpResponseBase:
        """Ends it: nothing more of it comes. A second time changes nothing."""
        _mine(request, uid)
        subscribing.end(uid, timezone.now())
        return _answer(request, _mine(request, uid))


class Preview(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "preview_subscription",
        shapes.PreviewShape,
        tag=TAG,
        problems=(401, 403, 404, 409, 410),
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        """The mail that it would be if it came today. Its links of the order lead nowhere."""
        order = _mine(request, uid)
        with given.conflicts("", previewing.NothingThere):
            shown = previewing.message(
                order.query, order.cadence, local_day(order, timezone.now()), most=order.most,
                reader=signed_in(request), to=order.email, language=order.language,
            )  # fmt: skip
        parts = ("subject", "html", "text", "papers", "size")
        return answer_json(request, {part: getattr(shown, part) for part in parts})


class Deliveries(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "list_deliveries",
        shapes.DeliveryListShape,
        tag=TAG,
        parameters=[BEFORE],
        problems=(400, 401, 403, 404),
    )
    def get(self, request: Request, uid: UUID) -> HttpResponseBase:
        """What came of it, and what did not and why: 25 a page."""
        rows, following = own_orders.deliveries(_mine(request, uid), before(request))
        told = [delivery_json(row) for row in rows]
        return answer_json(request, {"deliveries": told, "next_before": following})


def _mine(request: Request, uid: UUID) -> Subscription:
    found = own_orders.one(signed_in(request), uid)
    if found is None:
        raise NotFound("There is no such subscription of yours.")
    return found


def _answer(request: Request, order: Subscription) -> HttpResponseBase:
    return answer_json(request, subscription_json(order, in_words([order])[0]))
