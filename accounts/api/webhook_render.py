"""Webhooks and what they were told, as plain values."""

from django.utils import timezone

from accounts import orders
from accounts.models import Webhook, WebhookEvent, WebhookTry
from feeds.api.render import Json


def webhook_json(hook: Webhook) -> Json:
    until = hook.former_until
    return {
        "id": hook.pk,
        "name": hook.name,
        "url": hook.url,
        "query": hook.query,
        "what": orders.what(hook.query, reader=hook.user_id),
        "events": hook.kinds,
        "shape": hook.shape,
        "on": hook.is_on,
        "state": hook.get_state_display(),
        "failing_since": hook.failing_since,
        "former_secret_until": until if until and until > timezone.now() else None,
        "made_at": hook.made_at,
    }


def event_json(event: WebhookEvent) -> Json:
    waits = event.state == WebhookEvent.State.WAITING
    return {
        "id": event.uid,
        "event": event.kind,
        "state": event.state,
        "made_at": event.made_at,
        "done_at": event.done_at,
        "next_try_at": event.next_try_at if waits else None,
        "tries": event.tries,
        "error": event.error or None,
    }


def whole_event_json(event: WebhookEvent) -> Json:
    """With what was sent, and each try."""
    tries = [_try_json(row) for row in event.log.order_by("id")]
    return event_json(event) | {"body": event.body or None, "log": tries}


def _try_json(row: WebhookTry) -> Json:
    return {
        "at": row.at,
        "status": row.status,
        "answer": row.answer or None,
        "error": row.error or None,
        "took_ms": row.took_ms,
    }
