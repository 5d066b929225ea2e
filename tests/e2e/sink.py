"""A mail server on loopback that keeps what it is given."""

import re
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.config.processes import wait_until


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Sink:
    """While it is entered, it listens at `port`."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd calls it for each message."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 taken"

    def next(self, to: str, seen: int) -> EmailMessage:
        """The message that comes to that address after the first `seen` ones of all."""

        def found() -> list[EmailMessage]:
            return [message for message in self.messages[seen:] if message["To"] == to]

        wait_until(found)
        return found()[0]


def text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link(message: EmailMessage, path: str) -> str:
    """The one address in the message that holds `path`."""
    return next(url for url in re.findall(r"https?://\S+", text(message)) if path in url)


def code(message: EmailMessage) -> str:
    """The code to sign in with."""
    found = re.search(r"^    (\S+)\s*$", text(message), re.MULTILINE)
    assert found, text(message)
    return found[1]
