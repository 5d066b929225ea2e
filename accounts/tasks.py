"""Celery tasks: a message is a doorbell, the row in PostgreSQL is the truth."""

from uuid import UUID

from celery import shared_task

from accounts import confirming

# Mail that somebody waits for: tried again for about twenty minutes.
_SOON_AGAIN = {
    "autoretry_for": (confirming.MailFails,),
    "retry_backoff": 10,
    "max_retries": 7,
}


@shared_task(**_SOON_AGAIN)
def take_order(number: str) -> None:
    """Keeps an order that a form put down, and asks its owner to confirm it."""
    confirming.take(number)


@shared_task(**_SOON_AGAIN)
def send_confirmation(uid: str) -> None:
    """Sends the mail that asks the subscription's owner to confirm it."""
    confirming.send(UUID(uid))
