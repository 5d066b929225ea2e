"""The mail that tells an owner that a webhook was switched off."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts import languages
from accounts.models import Webhook
from accounts.suppressing import suppressed

logger = logging.getLogger(__name__)
MOST = 50  # mails a minute
State = Webhook.State


def tell_owners(now: datetime) -> None:
    """Mails the owners of webhooks that were switched off and that nobody told yet; one that
    cannot be sent is tried again at the next call."""
    rows = Webhook.objects.filter(state__in=(State.FAILED, State.GONE), told_at=None)
    for hook in rows.select_related("user").order_by("off_at")[:MOST]:
        mine = Webhook.objects.filter(pk=hook.pk, told_at=None)
        if not mine.update(told_at=now) or suppressed([hook.user.email]):
            continue
        try:
            _letter(hook).send()
        except (SMTPException, OSError) as error:
            logger.warning(
                "the owner of webhook %s was not told: %s", hook.pk, type(error).__name__
            )
            Webhook.objects.filter(pk=hook.pk, told_at=now).update(told_at=None)


def _letter(hook: Webhook) -> EmailMultiAlternatives:
    words = {
        "hook": hook,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "page": f"{settings.SITE_URL}/account/webhooks/{hook.pk}",
    }
    language = languages.of_address(hook.user.email)
    with languages.speaking(language):
        subject, text, html = (
            render_to_string(f"emails/webhook_off/{part}", words)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    letter = EmailMultiAlternatives(
        " ".join(subject.split()),
        text,
        to=[hook.user.email],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language},
    )
    letter.attach_alternative(html, "text/html")
    return letter
