"""What a channel is, and how it says that a delivery failed."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

from django.utils.functional import Promise

from accounts.editions import Edition
from accounts.models import Delivery, Feedback
from feeds.registry import Registry


class Temporary(Exception):
    """It failed, and may go well later: the ledger tries again. The text says what happened.

    `wait` is how long the other side wants to be left alone, if it said so.
    """

    def __init__(self, text: str, wait: timedelta | None = None) -> None:
        super().__init__(text)
        self.wait = wait


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

    def open(self) -> None:
        """Connects, where that has to be and is not so yet. It is called before each delivery, as
        long as nothing depends on how long it takes: nothing is sent and not yet marked, as only a
        delivery that fails breaks a connection. Raises Down.
        """

    def deliver(self, delivery: Delivery, edition: Edition) -> None:
        """Brings the edition to the delivery's subscriber; returns once it is accepted.

        It asks the database nothing. Raises Temporary, Down or Permanent.
        """


class Channel(Protocol):
    """A way to readers. `label` goes on in a sentence: "by mail".

    `shared` says that one server takes all of it, and takes it for the order's mail address: then
    failures in a row pause the channel, and a refusal counts against the address. Where each order
    has a place of its own, a failure is that place's alone. `asks` is what that place is called on
    the page where an order is changed, "" where the order's mail address is all that it takes.
    """

    name: str
    shared: bool
    asks: str

    @property
    def label(self) -> str | Promise: ...

    def check(self, target: str, /) -> str:
        """The place as it is to be kept. Raises ValueError with what to do instead."""

    def test(self, target: str, /) -> None:
        """Sends a few words there, to see whether it goes. Raises Temporary or Permanent."""

    def line(self) -> AbstractContextManager[Line]:
        """A line for one batch; it connects when it is opened and closes at the end."""


channels: Registry[Channel] = Registry("accounts.channels")
