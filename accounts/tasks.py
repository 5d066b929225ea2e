"""Celery tasks: a message is a doorbell, the row in PostgreSQL is the truth."""

from functools import partial
from uuid import UUID

from celery import shared_task

from accounts import confirming

# Somebody waits for these mails. No try may be put off for longer than the broker's
# visibility_timeout, or it is made twice.
soon_again = partial(
    shared_task,
    autoretry_for=(confirming.MailFails,),
    retry_backoff=5,
    retry_backoff_max=40,
    max_retries=20,
)


@soon_again()
def take_order(number: str) -> None:
    """Keeps an order that a form put down, and asks its owner to confirm it."""
    confirming.take(number)


@soon_again()
def send_confirmation(uid: str) -> None:
    """Sends the mail that asks the subscription's owner to confirm it."""
    confirming.send(UUID(uid))
