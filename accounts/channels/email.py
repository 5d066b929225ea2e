"""By mail: one connection to the mail server for a whole batch."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext, gettext_lazy

from accounts.channels.base import Down, Permanent, Temporary, channels
from accounts.editions import Edition
from accounts.emails import Press
from accounts.models import Delivery, Feedback
from accounts.returned.verdicts import verdict

_GONE = 421  # the server's word for "I close this connection"
_REFUSED = 500


class MailLine:
    """Writes and sends mails over one connection, which is opened anew where it broke."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._press = Press()

    def open(self) -> None:
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Down(_words(error)) from error

    def deliver(self, delivery: Delivery, edition: Edition) -> None:
        message = self._press.message(delivery, edition)
        try:
            self._send(message)
        except ValueError as error:
            words = f"This address cannot stand in a mail: {error}"
            raise Permanent(words, Feedback.Kind.HARD) from error

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._connection.close()

    def _send(self, message: EmailMessage) -> None:
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            self._fail(code, answer, error, at_address=True)
        except smtplib.SMTPSenderRefused as error:
            # Our own address is refused, which is no reader's fault.
            self._fail(min(error.smtp_code, _REFUSED - 1), error.smtp_error, error)
        except smtplib.SMTPResponseException as error:
            self._fail(error.smtp_code, error.smtp_error, error)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Temporary(_words(error)) from error

    def _fail(
        self, code: int, answer: bytes | str, error: Exception, *, at_address: bool = False
    ) -> None:
        words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        told = f"{code} {words}"
        if code == _GONE:
            self.close()
        if code < _REFUSED:
            raise Temporary(told) from error
        raise Permanent(told, verdict("", told, at_address=at_address)) from error


class Email:
    """Each edition as a mail of its own."""

    name = "email"
    label = gettext_lazy("by mail")
    shared = True
    asks = ""

    def check(self, _: str) -> str:
        return ""

    def test(self, _: str) -> None:
        raise Permanent(gettext("A mail is tried out at the desk."))

    @contextmanager
    def line(self) -> Iterator[MailLine]:
        line = MailLine(get_connection())
        try:
            yield line
        finally:
            line.close()


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


channels.register(Email())
