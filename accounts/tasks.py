"""Celery tasks: a message is a doorbell, the row in PostgreSQL is the truth."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts import confirming, delivery, ringing


@shared_task
def ring() -> None:
    """Finds what is due and rings for it; beat calls it each minute."""
    ringing.ring(timezone.now())


@shared_task
def send(ids: list[int]) -> None:
    """Sends those deliveries."""
    delivery.send(ids)


@shared_task
def send_confirmation(uid: str) -> None:
    """Sends the mail that asks the subscription's owner to confirm it."""
    confirming.send(UUID(uid))
