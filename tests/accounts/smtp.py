"""A real mail server on loopback whose answers a test decides."""

import asyncio
import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Keeps what it accepts, and the envelope senders.

    `recipients` and `contents` are its answers to an address, and to a mail for one;
    `when_taken` is called with each mail it has accepted, `when_raw` with its bytes.
    While `hold` is set it has the whole mail and says nothing.
    """

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.senders: list[str] = []
        self.recipients: dict[str, str] = {}
        self.contents: dict[str, str] = {}
        self.when_taken: Callable[[EmailMessage], None] = lambda _: None
        self.when_raw: Callable[[bytes], None] = lambda _: None
        self.hold = Event()
        self.connections = 0
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.sent if mail["To"] == address]

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.recipients.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.contents.get(envelope.rcpt_tos[0], "250 OK")
        if answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.sent.append(mail)
            self.senders.append(envelope.mail_from or "")
            self.when_raw(bytes(envelope.original_content or b""))
            self.when_taken(mail)
        while self.hold.is_set():
            await asyncio.sleep(0.02)
        return answer


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def text_of(mail: EmailMessage) -> str:
    return _part(mail, "plain")


def html_of(mail: EmailMessage) -> str:
    return _part(mail, "html")


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
