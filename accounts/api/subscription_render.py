"""Subscriptions and deliveries as plain values."""

from django.utils import timezone

from accounts.addresses import web_address
from accounts.models import Cadence, Delivery, Subscription
from accounts.orders import Order
from accounts.redacting import without_addresses
from accounts.schedule import next_due
from feeds.api.render import Json
from feeds.asked import site_address

_AS_THEY_ARE = (
    "query", "email", "channel", "cadence", "hour", "timezone", "most", "breadth", "skip_seen",
    "skip_empty", "gap", "daily_most", "paused_until", "ended_at", "language",
)  # fmt: skip
_PENDING = (Delivery.State.WAITING, Delivery.State.CLAIMED)


def subscription_json(row: Subscription, order: Order) -> Json:
    """The order with its words; `next_at` is null for what ended and what has no hours."""
    timed = order.running and row.cadence != Cadence.INSTANT
    return {name: getattr(row, name) for name in _AS_THEY_ARE} | {
        "id": row.uid,
        "what": order.what,
        "target": row.target or None,
        "running": order.running,
        "state": order.state,
        "next_at": next_due(row, timezone.now()) if timed else None,
        "ordered_at": row.created_at,
        "url": site_address(order.list_address),
    }


def delivery_json(row: Delivery) -> Json:
    sent = row.state == Delivery.State.SENT
    return {
        "period": row.period,
        "number": row.number,
        "state": row.state,
        "edition": row.edition,
        "papers": len(row.papers),
        "tries": row.tries,
        "sent_at": row.sent_at,
        "next_try_at": row.next_try_at if row.state in _PENDING else None,
        "error": without_addresses(row.error) or None,
        "url": web_address(row) if sent and row.edition else None,
    }
