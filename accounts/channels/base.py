"""What a channel is, and how it says that a delivery failed."""

from contextlib import AbstractContextManager
from typing import Protocol

from accounts.editions import Edition
from accounts.models import Delivery, Feedback
from feeds.registry import Registry


class Temporary(Exception):
    """It failed, and may go well later: the ledger tries again. The text says what happened."""


class Down(Temporary):
    """The channel itself does not answer: the rest of the batch would fail alike."""


class Permanent(Exception):
    """The receiver will not have it, whenever it is tried: the ledger records why.

    `kind` is one of Feedback's: whether it is the address that fails, or what was sent.
    """

    def __init__(self, text: str, kind: str = Feedback.Kind.BLOCKED) -> None:
        super().__init__(text)
        self.kind = kind


class Line(Protocol):
    """An open connection, used for one delivery after the other."""

    def deliver(self, delivery: Delivery, edition: Edition) -> None:
        """Brings the edition to the delivery's subscriber; returns once it is accepted.

        It asks the database nothing. Raises Temporary, Down or Permanent.
        """


class Channel(Protocol):
    name: str
    label: str

    def line(self) -> AbstractContextManager[Line]:
        """A line for one batch; it connects at the first delivery and closes at the end."""


channels: Registry[Channel] = Registry("accounts.channels")
