"""Ordering by an address, and the mail that lets its owner say yes."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import languages, marks, put_down, subscribing, suppressing
from accounts.addresses import confirm_address, manage_address
from accounts.models import Feedback, Subscription
from accounts.orders import in_words
from accounts.returned.verdicts import status_in, verdict
from feeds.limits import Limit, wait

LINK_AGE = timedelta(hours=48)
HOUR, DAY = 3600, 86400
PERMANENT = 500  # where the answers of a mail server begin that are final
FROM_ONE_PLACE = (Limit("ask-client", 20, HOUR),)
# An address that mail came back from is tried once in a while: its owner may have mended it.
TO_A_BAD_ADDRESS = Limit("ask-bad", 1, 3 * DAY)
TO_ONE_ADDRESS = (Limit("ask-hour", 3, HOUR), Limit("ask-day", 8, DAY))

logger = logging.getLogger(__name__)


class MailFails(Exception):
    """The mail could not be handed over now; its text names no address."""


def too_soon(email: str, client: str) -> int:
    """Counts one more mail that `client` asks for: 0, or the seconds to wait before it.

    A client over its limit uses up nothing of the address's.
    """
    seconds = max(wait(limit, client) for limit in FROM_ONE_PLACE)
    return seconds or max(wait(limit, email.lower()) for limit in TO_ONE_ADDRESS)


def ask(**order: Any) -> None:
    """Puts the order (email, query, cadence, hour, timezone, language) down for a worker.

    Nothing is looked up here, so that it takes as long for an address that is known.
    """
    from accounts.tasks import take_order  # noqa: PLC0415  the tasks know this module

    take_order.delay(put_down.put_down(order, timezone.now()))


def take(number: str) -> None:
    """Keeps the order that `ask` put down, and mails its link. Raises MailFails."""
    order = put_down.found(number)
    if order is None:
        return
    send(subscribing.subscribe(**order, now=timezone.now()).uid)
    put_down.taken(number)


def ring_for_orders(now: datetime) -> None:
    """Rings again for orders that were put down and that no worker has taken."""
    from accounts.tasks import take_order  # noqa: PLC0415  the tasks know this module

    for number in put_down.waiting(now):
        take_order.delay(number)


def ring(uid: UUID) -> None:
    """Has the mail about an order that is kept sent again."""
    from accounts.tasks import send_confirmation  # noqa: PLC0415  the tasks know this module

    send_confirmation.delay(str(uid))


@transaction.atomic
def say_yes(uid: UUID, asked_at: datetime, **rhythm: Any) -> bool:
    """Confirms the order with this cadence, hour and timezone; one that runs stays as it is.

    `asked_at` is when the letter was written that its owner answers. True where mail to the
    address had been stopped since failures, and goes on with this. Raises AlreadyOrdered where
    another of the same papers runs at that pace.
    """
    row = Subscription.objects.select_for_update().get(uid=uid)
    now = timezone.now()
    lifted = suppressing.lift_by_confirming(row.email, asked_at, now)
    if not row.confirmed_at or row.ended_at:
        subscribing.change(uid, **rhythm)
        subscribing.confirm(uid, now)
    return lifted


def send(uid: UUID) -> None:
    """Mails the link that confirms the order; or, where it runs already, that it does.

    Raises MailFails where it may be tried again. An address that is refused is remembered; one
    that complained, or was stopped by an administrator, is not written to.
    """
    row = Subscription.objects.filter(uid=uid).first()
    if row is None or not _may_write(row.email):
        return
    runs = row.confirmed_at and not row.ended_at
    name, link = ("confirmed", manage_address(row)) if runs else ("confirm", confirm_address(row))
    try:
        letter(name, row, link).send()
    except (SMTPException, OSError) as error:
        if not _is_final(error):
            raise MailFails(type(error).__name__) from None
        logger.warning("the mail server refused the mail about order %s", uid)
        _came_back(row.email, error)


def _may_write(email: str) -> bool:
    stop = suppressing.suppressed([email]).get(email)
    if stop is None:
        return True
    healing = stop.cause in suppressing.HEALED_BY_CONFIRMING
    return healing and not wait(TO_A_BAD_ADDRESS, email)


def _came_back(email: str, error: Exception) -> None:
    if not isinstance(error, SMTPRecipientsRefused):
        return
    code, answer = next(iter(error.recipients.values()))
    words = f"{code} {answer.decode('utf-8', 'replace')}"
    suppressing.hear(
        email, verdict("", words, at_address=True), how=Feedback.How.SMTP, now=timezone.now(),
        status=status_in(words), detail=words,
    )  # fmt: skip


def _is_final(error: Exception) -> bool:
    """Whether the mail server said that another try is of no use."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= PERMANENT


def letter(name: str, row: Subscription, link: str) -> EmailMultiAlternatives:
    """The mail of templates/emails/`name` about that order, to its address, in its language."""
    mark = marks.Mark(marks.ORDER, row.pk)
    with languages.speaking(row.language):
        (order,) = in_words([row])
        words = {
            "order": order,
            "link": link,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
        }
        subject, text, html = (
            render_to_string(f"emails/{name}/{part}", words)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": marks.message_id(mark),
        "Auto-Submitted": "auto-generated",
        "Content-Language": languages.offered(row.language),
    }
    message = EmailMultiAlternatives(
        " ".join(subject.split()), text, marks.sender(mark), to=[row.email], headers=headers
    )
    message.attach_alternative(html, "text/html")
    return message
