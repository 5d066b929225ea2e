"""What a webhook was told, as JSON: the log, each try, a test event, one sent again."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.api import webhook_shapes as shapes
from accounts.api.paging import BEFORE, before
from accounts.api.webhook_render import event_json, whole_event_json
from accounts.api.webhooks import TAG, mine, refused
from accounts.models import Webhook, WebhookEvent
from accounts.tasks import send_to_webhook
from accounts.webhooks import making
from feeds.api.base import View, answer_json
from feeds.api.given import Conflict
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.ringing import ring


class Events(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "list_webhook_events",
        shapes.EventListShape,
        tag=TAG,
        parameters=[BEFORE],
        problems=(400, 401, 403, 404),
    )
    def get(self, request: Request, number: int) -> HttpResponseBase:
        """What it was told, and what came of it: 25 a page."""
        rows, following = making.log(mine(request, number), before(request))
        told = [event_json(row) for row in rows]
        return answer_json(request, {"events": told, "next_before": following})


class Event(View):
    permission_classes = [IsAuthenticated]

    @operation("read_webhook_event", shapes.WholeEventShape, tag=TAG, problems=(401, 403, 404))
    def get(self, request: Request, number: int, uid: str) -> HttpResponseBase:
        """One event, with what was sent and each answer."""
        return answer_json(request, whole_event_json(_event(mine(request, number), uid)))


class Test(View):
    permission_classes = [IsAuthenticated]

    @operation("test_webhook", shapes.EventShape, tag=TAG, problems=(401, 403, 404, 409, 422))
    @once
    def post(self, request: Request, number: int) -> HttpResponseBase:
        """Sends an event that says that nothing happened."""
        hook = mine(request, number)
        with refused():
            event = making.send_test(hook, timezone.now())
        ring(send_to_webhook, hook.pk)
        return answer_json(request, event_json(event))


class Again(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "send_webhook_event_again",
        shapes.EventShape,
        tag=TAG,
        problems=(401, 403, 404, 409, 422),
    )
    @once
    def post(self, request: Request, number: int, uid: str) -> HttpResponseBase:
        """Sends it once more, under the same id."""
        hook = mine(request, number)
        event = _event(hook, uid)
        with refused():
            if not making.send_again(hook, event.pk, timezone.now()):
                raise Conflict("It is on its way already.")
        ring(send_to_webhook, hook.pk)
        event.refresh_from_db()
        return answer_json(request, event_json(event))


def _event(hook: Webhook, uid: str) -> WebhookEvent:
    found = making.event_of(hook, uid)
    if found is None:
        raise NotFound("It was told no such event.")
    return found
