"""Celery tasks: a message is a doorbell, the row in PostgreSQL is the truth.

A retry waits less than the broker's visibility_timeout, after which it would come twice.
"""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts import alarms, confirming, data_letter, delivery, ringing, signed_in
from accounts.returned import mailbox
from accounts.webhooks import looking, off, sending


@shared_task
def ring() -> None:
    """Finds what is due and rings for it; beat calls it each minute."""
    now = timezone.now()
    ringing.ring(now)
    confirming.ring_for_orders(now)


@shared_task
def send(ids: list[int]) -> None:
    """Sends those deliveries."""
    delivery.send(ids)


@shared_task(
    autoretry_for=(confirming.MailFails,), retry_backoff=5, retry_backoff_max=45, max_retries=20
)
def take_order(number: str) -> None:
    """Keeps an order that was put down, and sends the mail that asks to confirm it."""
    confirming.take(number)


@shared_task(
    autoretry_for=(confirming.MailFails,), retry_backoff=5, retry_backoff_max=45, max_retries=20
)
def send_confirmation(uid: str) -> None:
    """Sends the mail that asks the subscription's owner to confirm it."""
    confirming.send(UUID(uid))


@shared_task(
    autoretry_for=(confirming.MailFails,), retry_backoff=5, retry_backoff_max=45, max_retries=20
)
def send_data_letter(uid: str) -> None:
    """Sends the letter by which somebody gets or erases all that is kept about them."""
    data_letter.send(UUID(uid))


@shared_task
def read_returned_mail() -> None:
    """Reads the mailbox that failed mail comes back to; beat calls it every five minutes."""
    mailbox.read(timezone.now())


@shared_task
def tell_admins(subject: str, text: str) -> None:
    """Mails the administrators of what went wrong."""
    alarms.tell_admins(subject, text)


@shared_task
def ring_webhooks() -> None:
    """Finds what webhooks are to be told, and rings for what waits; beat calls it each minute."""
    now = timezone.now()
    looking.look(now)
    off.tell_owners(now)
    for hook in sending.waiting(now):
        send_to_webhook.apply_async((hook,), expires=55)


@shared_task
def send_to_webhook(hook: int) -> None:
    """Sends what waits for that webhook."""
    sending.send(hook)


@shared_task
def sweep_webhooks() -> None:
    """Empties what webhooks were sent a month ago."""
    sending.sweep(timezone.now())


@shared_task
def sweep_sign_ins() -> None:
    """Forgets the sessions that ran out; beat calls it daily."""
    signed_in.sweep(timezone.now())
