"""A mail that is the same for many but for a few words: its bytes are set once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Self

from django.core.mail import EmailMessage, EmailMultiAlternatives

_EOL = b"\r\n"
LONGEST_LINE = 998  # RFC 5322, 2.1.1
_MARK = re.compile(rb"own-(when|manage|end|here|act)-own")
_AS_IT_IS = ("7bit", "8bit")
_OF_BODY = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")


@dataclass(frozen=True, slots=True)
class Body:
    """Both parts with marks where each reader's own words go, as they stand in the mail.

    `kind` is its Content-Type, `longest` how many bytes may stand in place of a mark.
    """

    content: bytes
    kind: str
    longest: int

    @classmethod
    def of(cls, text: str, html: str) -> Self | None:
        """None where it is written in a way that marks cannot be filled in."""
        mail = EmailMultiAlternatives("", text, "")
        mail.attach_alternative(html, "text/html")
        message = mail.message()
        if any(part["Content-Transfer-Encoding"] not in _AS_IT_IS for part in _leaves(message)):
            return None
        content = _bytes(message).partition(_EOL * 2)[2]
        return cls(content, message["Content-Type"], _room(content))

    def filled(self, own: Mapping[str, str]) -> bytes | None:
        """None where one of the words does not fit."""
        words = {name.encode(): word.encode() for name, word in own.items()}
        if not all(word.isascii() and len(word) <= self.longest for word in words.values()):
            return None
        return _MARK.sub(lambda mark: words[mark[1]], self.content)


class PrintedMail(EmailMultiAlternatives):
    """A mail whose body was set for many. `own` are the words that go in for its reader."""

    body_for_many: Body | None = None
    own: Mapping[str, str] = {}

    def ready(self) -> bytes | None:
        """The whole mail; None where it has to be written as any other is."""
        body = self.body_for_many
        content = body.filled(self.own) if body else None
        return head(self, body.kind) + content if body and content else None


def head(mail: EmailMessage, kind: str) -> bytes:
    """The headers of that mail, with a body of that Content-Type. Raises ValueError as it does."""
    bare = EmailMessage(
        mail.subject, "", mail.from_email, mail.to, headers=mail.extra_headers
    ).message()
    for name in _OF_BODY:
        del bare[name]
    bare["MIME-Version"], bare["Content-Type"] = "1.0", kind
    return _bytes(bare).partition(_EOL * 2)[0] + _EOL * 2


def _bytes(message: Message) -> bytes:
    return bytes(message.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def _leaves(message: Message) -> list[Message]:
    return [part for part in message.walk() if not part.is_multipart()]


def _room(content: bytes) -> int:
    """How long a word may be so that no line becomes too long, however many marks it has."""
    lines = [(len(line), len(_MARK.findall(line))) for line in content.split(_EOL)]
    return min(((LONGEST_LINE - size) // marks for size, marks in lines if marks), default=0)
