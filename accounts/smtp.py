"""Mail by SMTP: every mail of the site passes here, is redirected in test mode, and is signed."""

import dkim
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

from accounts.printed import PrintedMail

TEST_HEADER = "X-Broadsheet-Test"
_SIGNED = (
    "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "reply-to",
    "list-id", "list-unsubscribe", "list-unsubscribe-post", "feedback-id",
)  # fmt: skip


class EmailBackend(smtp.EmailBackend):
    """Django's, with the site's own rules for what leaves it."""

    def _send(self, email_message: EmailMessage) -> bool:
        """Hands one mail over; raises what the server's answer raises."""
        message = redirected(email_message)
        recipients = message.recipients()
        if not recipients or self.connection is None:
            return False
        encoding = message.encoding or settings.DEFAULT_CHARSET
        sender = sanitize_address(message.from_email, encoding)
        whom = [sanitize_address(recipient, encoding) for recipient in recipients]
        content = printed_bytes(message)
        self.connection.sendmail(sender, whom, signed(content))
        return True


def printed_bytes(message: EmailMessage) -> bytes:
    """The whole mail as it leaves; what was set for many is not set again."""
    content = message.ready() if isinstance(message, PrintedMail) else None
    return content or bytes(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def redirected(message: EmailMessage) -> EmailMessage:
    """In test mode the mail goes to MAIL_TEST_ADDRESS alone, and a header says so."""
    if settings.MAIL_TEST_ADDRESS:
        message.to, message.cc, message.bcc = [settings.MAIL_TEST_ADDRESS], [], []
        message.extra_headers.pop("To", None)
        message.extra_headers[TEST_HEADER] = "Test mode: this was meant for somebody else"
    return message


def signed(content: bytes) -> bytes:
    """The mail with a DKIM signature of ours, where there is a key (RFC 6376)."""
    if not settings.DKIM_KEY:
        return content
    head = content.partition(b"\r\n\r\n")[0]
    present = {line.partition(b":")[0].lower() for line in head.splitlines()}
    headers = [name.encode() for name in _SIGNED if name.encode() in present]
    signature = dkim.sign(
        content, settings.DKIM_SELECTOR.encode(), settings.DKIM_DOMAIN.encode(),
        settings.DKIM_KEY.encode(), include_headers=headers,
        canonicalize=(b"relaxed", b"relaxed"), signature_algorithm=b"rsa-sha256",
    )  # fmt: skip
    return bytes(signature) + content
