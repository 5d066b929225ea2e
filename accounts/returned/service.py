"""What a mail service tells of mail by its webhook (MAIL_EVENTS).

Whoever imports this module listens to what the webhooks of anymail bring; anymail has checked the
secret or the signature before.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from anymail.signals import EventType, tracking
from anymail.urls import urlpatterns as webhooks
from django.dispatch import receiver
from django.urls import URLPattern
from django.utils import timezone

from accounts import subscribing, suppressing
from accounts.models import Delivery, Feedback, Subscription
from accounts.returned.verdicts import status_in, verdict

Kind = Feedback.Kind
_LATELY = timedelta(days=14)  # a service tells of a mail within days
# Where services say whether a bounce is hard.
_HINTS = ("Type", "type", "severity", "event")
# Why a service did not deliver, in anymail's words, where its own need no reading.
_BY_REASON = {"spam": Kind.COMPLAINT, "blocked": Kind.BLOCKED, "timed_out": Kind.SOFT}


def addresses(service: str) -> list[URLPattern]:
    """Where the mail service tells what became of mail; nothing where there is no service."""
    names = {f"{service}_tracking_webhook", f"{service}_webhook"} if service else set()
    return [webhook for webhook in webhooks if webhook.name in names]


@receiver(tracking)
def ring(*, event: Any, esp_name: str = "", **_: Any) -> None:
    """What anymail calls for each event."""
    take(event, esp_name, timezone.now())


def take(event: Any, service: str, now: datetime) -> bool:
    """Keeps what the event says of an address; False where it says nothing that matters."""
    email = (event.recipient or "").strip().lower()
    kind = _kind(event)
    if email and event.event_type == EventType.UNSUBSCRIBED:
        return _end_all(email, now)
    if not email or not kind:
        return False
    words = _words(event)
    return suppressing.hear(
        email, kind, how=Feedback.How.WEBHOOK, now=now, status=status_in(words), detail=words,
        delivery=_delivery(email, now), name=_name(event, service),
    )  # fmt: skip


def _end_all(email: str, now: datetime) -> bool:
    """Its reader ended the mail at the mail service, which knows no single orders."""
    running = Subscription.objects.of([email]).running()
    return bool([subscribing.end(order.uid, now) for order in running])


def _kind(event: Any) -> str:
    if event.event_type == EventType.COMPLAINED:
        return Kind.COMPLAINT
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED):
        return ""
    reason = event.reject_reason or ""
    if reason in _BY_REASON:
        return _BY_REASON[reason]
    return Kind.HARD if reason == "invalid" else _by_words(event)


def _by_words(event: Any) -> str:
    """By what the receiving server said; where that says nothing, by the service's own word."""
    hint = _hint(event.esp_event)
    if "soft" in hint or "temporary" in hint:
        return Kind.SOFT
    said = verdict("", _words(event), at_address=event.event_type == EventType.BOUNCED)
    final = "hard" in hint or "permanent" in hint
    return Kind.HARD if final and said == Kind.SOFT and not status_in(_words(event)) else said


def _hint(raw: Any) -> str:
    """The words by which services tell hard bounces from soft ones."""
    if not isinstance(raw, Mapping):
        return ""
    inner = [raw, *(one for one in raw.values() if isinstance(one, Mapping))]
    return " ".join(str(one.get(name, "")) for one in inner for name in _HINTS).lower()


def _words(event: Any) -> str:
    return f"{event.mta_response or ''} {event.description or ''}".strip()


def _name(event: Any, service: str) -> str | None:
    return f"{service}:{event.event_id}" if event.event_id else None


def _delivery(email: str, now: datetime) -> Delivery | None:
    """The last mail to that address: services do not hand our own Message-ID back."""
    sent = Delivery.objects.filter(
        subscription__email=email, state=Delivery.State.SENT, sent_at__gt=now - _LATELY
    )
    return sent.order_by("-sent_at").first()
