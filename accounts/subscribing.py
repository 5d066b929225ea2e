"""What may happen to a subscription: ordered, confirmed, changed, ended."""

from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import languages
from accounts.models import Delivery, Feedback, Subscription
from feeds.collected import check_collection
from feeds.for_you.reading import check_for_you
from feeds.named import feed_of
from feeds.query import parse
from feeds.web.addresses import filters_of


class AlreadyOrdered(ValueError):
    """The same address gets the same papers at that pace already."""

    def __init__(self) -> None:
        super().__init__(_("These papers come at that pace already."))


class Changes(TypedDict, total=False):
    cadence: str
    hour: int
    timezone: str
    most: int
    skip_seen: bool
    paused_until: date | None
    query: str
    breadth: bool
    skip_empty: bool
    gap: int
    daily_most: int
    channel: str
    target: str
    language: str


def question(text: str, reader: int | None) -> str:
    """A query string as an order keeps it: without a period, a feed under the name that it has
    now. Raises QueryError, NotThere for what the user `reader` may not read.
    """
    query = parse(text)
    check_collection(query, reader)
    check_for_you(query, reader)
    feed = feed_of(query, reader)
    return filters_of(replace(query, feed=feed.slug) if feed else query)


def subscribe(
    *,
    email: str,
    query: str,
    cadence: str,
    hour: int,
    timezone: str,
    now: datetime,
    language: str = "",
) -> Subscription:
    """The order of these papers at this pace; it sends nothing until it is confirmed.

    `query` is canonical and has no period. One that runs already comes back as it is; the
    hour, zone and language of one that still waits for its yes are those asked for last.
    """
    rhythm = {"hour": hour, "timezone": timezone, "language": languages.offered(language)}
    order, is_new = Subscription.objects.get_or_create(
        email=email.strip().lower(),
        query=query,
        cadence=cadence,
        ended_at=None,
        defaults=rhythm | {"created_at": now},
    )
    if not is_new and not order.confirmed_at:
        for name, value in rhythm.items():
            setattr(order, name, value)
        order.save(update_fields=list(rhythm))
    return order


@transaction.atomic
def confirm(uid: UUID, now: datetime) -> Subscription | None:
    """Its owner says yes, again after an end too; a second yes changes nothing.

    None where there is none of that uid. One that was ordered anew since it ended stays ended.
    """
    order = _locked(uid)
    if order and (order.ended_at or not order.confirmed_at):
        order.confirmed_at, order.ended_at = order.confirmed_at or now, None
        order.looked = 0
        try:
            _keep(order, "confirmed_at", "ended_at", "looked")
        except AlreadyOrdered:
            order.refresh_from_db()
    return order


@transaction.atomic
def end(uid: UUID, now: datetime) -> Subscription | None:
    """Nothing more is sent for it; a second end changes nothing. None if there is none."""
    order = _locked(uid)
    if order and not order.ended_at:
        order.ended_at = now
        _keep(order, "ended_at")
        _count_end(order, now)
    return order


@transaction.atomic
def change(uid: UUID, **changes: Unpack[Changes]) -> Subscription | None:
    """Sets what is given. None where there is none of that uid.

    Raises AlreadyOrdered where another order of the same papers runs at that pace.
    """
    order = _locked(uid)
    if order:
        # What stands there already when papers begin to come one by one is not sent as new.
        begins = changes.get("cadence", order.cadence) != order.cadence or "query" in changes
        for name, value in changes.items():
            setattr(order, name, value)
        order.looked = 0 if begins else order.looked
        _keep(order, *changes, "looked")
    return order


def _count_end(order: Subscription, now: datetime) -> None:
    """For the statistics of an edition: its mail was the last one before the end."""
    last = order.deliveries.filter(state=Delivery.State.SENT).order_by("-period", "-id").first()
    if last:
        told = {"email": order.email, "how": Feedback.How.READER, "at": now}
        last.feedback.get_or_create(kind=Feedback.Kind.ENDED, defaults=told)


def _locked(uid: UUID) -> Subscription | None:
    return Subscription.objects.select_for_update().filter(uid=uid).first()


def _keep(order: Subscription, *fields: str) -> None:
    try:
        with transaction.atomic():
            order.save(update_fields=fields)
    except IntegrityError as error:
        if "subscription_runs_once" not in str(error):
            raise
        raise AlreadyOrdered from None
