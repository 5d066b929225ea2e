"""What a person who is signed in orders for themselves: to a confirmed address of theirs alone."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import subscribing
from accounts.models import Delivery, Subscription, User
from accounts.stopped import stopped
from accounts.subscribing import AlreadyOrdered, Changes
from feeds import limits
from feeds.limits import HOUR, Limit

MOST = 200  # that run, a person
ON_A_PAGE = 50
DELIVERIES = 25
ORDERING = Limit("order", 60, HOUR)


class CannotOrder(ValueError):
    """It cannot be ordered; the text says why and what to do. `field` is what it is about."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class TooOften(CannotOrder):
    """`seconds` are how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"That is a lot at once. Please wait {limits.in_words(seconds)}.")
        self.seconds = seconds


def addresses(person: int) -> list[str]:
    """The person's confirmed addresses, the main one first."""
    mine = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "id")
    return [email.lower() for email in mine.values_list("email", flat=True)]


def of_person(person: int, before: int = 0) -> tuple[list[Subscription], int | None]:
    """A page of all that the person ever ordered, the last first, and where the next one begins."""
    rows = Subscription.objects.of(addresses(person)).order_by("-id")
    found = list((rows.filter(pk__lt=before) if before else rows)[: ON_A_PAGE + 1])
    return found[:ON_A_PAGE], found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None


def one(person: int, uid: UUID) -> Subscription | None:
    return Subscription.objects.of(addresses(person)).filter(uid=uid).first()


def order(person: int, email: str, query: str, words: Changes, now: datetime) -> Subscription:
    """An order that runs at once; `email` has to be the person's, "" means their main one.

    `query` is as `subscribing.question` gives it; `words` are cadence, hour, timezone, and what
    else departs from the usual. Raises CannotOrder, AlreadyOrdered.
    """
    to = _address(person, email)
    if seconds := limits.wait(ORDERING, str(person)):
        raise TooOften(seconds)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person)
        if Subscription.objects.of([to]).running().count() >= MOST:
            raise CannotOrder(f"{MOST} subscriptions run already. End one first.")
        row = subscribing.subscribe(
            email=to, query=query, now=now, cadence=words["cadence"], hour=words["hour"],
            timezone=words["timezone"],
        )  # fmt: skip
        if row.confirmed_at:
            raise AlreadyOrdered
        subscribing.change(row.uid, **words)
        subscribing.confirm(row.uid, now)
    row.refresh_from_db()
    return row


def deliveries(order: Subscription, before: int = 0) -> tuple[list[Delivery], int | None]:
    """A page of what was due for the order, the last first, and where the next one begins."""
    rows = order.deliveries.order_by("-id")
    found = list((rows.filter(pk__lt=before) if before else rows)[: DELIVERIES + 1])
    return found[:DELIVERIES], found[DELIVERIES - 1].pk if len(found) > DELIVERIES else None


def _address(person: int, email: str) -> str:
    mine = addresses(person)
    if not mine:
        raise CannotOrder("Confirm a mail address of yours first, under /account/email/.", "email")
    to = email.strip().lower() or mine[0]
    if to not in mine:
        raise CannotOrder("That is no confirmed address of yours.", "email")
    if stopped([to]):
        raise CannotOrder("Mail to that address is stopped; /subscriptions says why.", "email")
    return to
