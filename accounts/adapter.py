"""What django-allauth asks of this site."""

import logging
from contextlib import suppress
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.models import User

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and its mails, in this site's words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That is not the code. Look again, or ask for another."),
        "too_many_login_attempts": _("Too many wrong codes. Ask for a new one."),
        "rate_limited": _("That was too often. Wait a minute, then ask again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends one of templates/account/email/. The links in it lead to SITE_URL, whatever
        host the request named."""
        try:
            self.composed(template_prefix, email, context).send()
        except (SMTPException, OSError) as error:
            # The error's own text may hold the address.
            logger.warning("a mail for signing in was not sent: %s", type(error).__name__)
            page = render(allauth_context.request, "accounts/mail_fails.html", status=503)
            raise ImmediateHttpResponse(page) from error

    def composed(self, template_prefix: str, email: str, context: dict[str, Any]) -> EmailMessage:
        """The mail in the language that is spoken now; nobody has to have asked for a page."""
        words = context | {
            "email": email,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "login_url": settings.SITE_URL + reverse("account_login"),
            "signup_url": settings.SITE_URL + reverse("account_signup"),
            "factor_url": settings.SITE_URL + reverse("mfa_index"),
            "sign_ins_url": settings.SITE_URL + reverse("sign-ins"),
        }
        spoken = {"Content-Language": languages.asked()}
        mail: EmailMessage = self.render_mail(template_prefix, email, words, headers=spoken)
        return mail

    def send_notification_mail(self, *what: Any, **more: Any) -> None:
        """Tells of a change that is made already: it stands, whatever becomes of the mail."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(*what, **more)

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """Takes a code from the mailbox as proof of the address, where none is on record: an
        account that was made on the command line needs no second code."""
        proofs = [proof.get("email") for proof in get_authentication_records(request, user)]
        if user.email in proofs:
            EmailAddress.objects.get_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
        return super().pre_login(request, user, **login)  # type: ignore[no-any-return]
