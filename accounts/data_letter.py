"""The letter with the link that gives or erases all that is kept: it proves whose mailbox it is.

The link of the manage page stands in every mail, and mails are passed on; this one is good for an
hour.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException
from uuid import UUID

from accounts.addresses import data_address
from accounts.confirming import MailFails, letter
from accounts.models import Subscription
from feeds.limits import HOUR, Limit, wait

LINK_AGE = timedelta(hours=1)
TO_ONE_ADDRESS = Limit("data-letter", 3, 24 * HOUR)

logger = logging.getLogger(__name__)


def ask(order: Subscription) -> int:
    """Has the letter sent to the order's address: 0, or the seconds to wait before another."""
    from accounts.tasks import send_data_letter  # noqa: PLC0415  the tasks know this module

    if seconds := wait(TO_ONE_ADDRESS, order.email):
        return seconds
    send_data_letter.delay(str(order.uid))
    return 0


def send(uid: UUID) -> None:
    """Sends the letter. Raises MailFails where it may be tried again."""
    row = Subscription.objects.filter(uid=uid).first()
    if row is None:
        return
    try:
        letter("data", row, data_address(row)).send()
    except (SMTPException, OSError) as error:
        logger.warning("the letter about order %s was not sent: %s", uid, type(error).__name__)
        raise MailFails(type(error).__name__) from None
