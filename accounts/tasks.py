"""Celery tasks: a message is a doorbell, the row in PostgreSQL is the truth."""

from uuid import UUID

from celery import shared_task

from accounts import confirming


@shared_task
def send_confirmation(uid: str) -> None:
    """Sends the mail that asks the subscription's owner to confirm it."""
    confirming.send(UUID(uid))
