"""Telling the administrators that something is wrong: not on the way that is broken, if there is
another (ADMIN_EMAIL_URL)."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)


def tell_admins(subject: str, text: str) -> bool:
    """Mails ADMINS; whether that went. The log has the subject in any case."""
    logger.error("%s", subject)
    if not settings.MAIL_ADMINS:
        return False
    headers = {"Auto-Submitted": "auto-generated"}
    message = EmailMessage(subject, text, to=settings.MAIL_ADMINS, headers=headers)
    try:
        get_connection(**settings.ADMIN_MAIL).send_messages([message])
    except (SMTPException, OSError) as error:
        logger.warning("the administrators could not be told by mail: %s", type(error).__name__)
        return False
    return True
