"""The outbox: where no mail server is named, each mail becomes a file that a page shows."""

import itertools
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as ParsedMail
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

PAGE = 50
_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}", re.ASCII)
_PARSER = BytesParser(policy=policy.default)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of the outbox. `html` is the markup as it was sent: not to be trusted."""

    name: str
    to: str
    sender: str
    subject: str
    sent_at: datetime
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    source: str


class EmailBackend(BaseEmailBackend):
    """Writes each mail to a file of its own, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


def mails(before: str = "") -> list[Mail]:
    """The newest mails, newest first, at most `PAGE`; those sent before the mail `before`."""
    names = sorted(_names(), reverse=True)
    later = itertools.dropwhile(lambda name: bool(before) and name >= before, names)
    found = (mail(name) for name in itertools.islice(later, PAGE))
    return [one for one in found if one]


def mail(name: str) -> Mail | None:
    """The mail of that name; None for a name that is none of ours."""
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (_folder() / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    parsed = _PARSER.parsebytes(content)
    return Mail(
        name=name,
        to=str(parsed["To"] or ""),
        sender=str(parsed["From"] or ""),
        subject=str(parsed["Subject"] or ""),
        sent_at=datetime.strptime(name.partition("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC),
        headers=tuple((key, str(value)) for key, value in parsed.items()),
        text=_body(parsed, "plain"),
        html=_body(parsed, "html"),
        source=content.decode("utf-8", "replace"),
    )


def _names() -> Iterable[str]:
    return (path.stem for path in _folder().glob("*.eml") if _NAME.fullmatch(path.stem))


def _folder() -> Path:
    return Path(settings.OUTBOX)


def _body(parsed: ParsedMail, kind: str) -> str:
    part = parsed.get_body((kind,))
    return str(part.get_content()) if part else ""
