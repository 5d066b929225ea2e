"""A subscription as its owner sees it, in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.addresses import manage_address
from accounts.models import Cadence, Subscription
from accounts.schedule import next_due
from feeds import reading
from feeds.query import FeedQuery, QueryError, parse
from feeds.web.addresses import address
from feeds.wording import filter_words

LISTS = {"hot": "Trending papers", "new": "New papers", "top": "The most voted papers"}


@dataclass(frozen=True, slots=True)
class Order:
    """What a page or a mail says about a subscription.

    `list_address` is where its papers are read, `next` when the next mail comes, `state` how
    it stands in a sentence.
    """

    uid: UUID
    email: str
    what: str
    when: str
    next: str
    state: str
    running: bool
    ended: bool
    list_address: str
    manage: str

    @classmethod
    def of(cls, row: Subscription) -> "Order":
        running = row.confirmed_at is not None and row.ended_at is None
        coming = moment(next_due(row, timezone.now()), row.timezone)
        return cls(
            uid=row.uid,
            email=row.email,
            what=what(row.query),
            when=when(row.cadence, row.hour, row.timezone),
            next=coming,
            state=_state(row, coming),
            running=running,
            ended=row.ended_at is not None,
            list_address=list_address(row.query),
            manage=manage_address(row),
        )


def what(text: str) -> str:
    """ "Trending papers: diffusion, not medical, with code": what a stored query asks for."""
    try:
        query = parse(text)
    except QueryError:
        return text
    words = ", ".join(filter_words(query, _names(query)))
    return f"{LISTS[query.sort]}: {words}" if words else LISTS[query.sort]


def when(cadence: str, hour: int, zone: str) -> str:
    """ "every weekday at 8:00, Europe/Paris"."""
    return f"{Cadence(cadence).label} at {hour}:00, {place(zone)}"


def moment(at: datetime, zone: str) -> str:
    """ "on Thursday, 26 November, at 8:00, Europe/Paris"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"on {local:%A}, {local.day} {local:%B}, at {local.hour}:{local:%M}, {place(zone)}"


def place(zone: str) -> str:
    return zone.replace("_", " ")


def list_address(text: str) -> str:
    """The page where the papers of a stored query are read."""
    try:
        return address(parse(text))
    except QueryError:
        return "/"


def _state(row: Subscription, coming: str) -> str:
    if row.ended_at:
        return "Ended."
    if not row.confirmed_at:
        return "Not confirmed yet: no mail comes."
    rhythm = when(row.cadence, row.hour, row.timezone)
    if row.paused_until and row.paused_until > timezone.now().date():
        return f"Paused. It goes on {coming}."
    return f"It comes {rhythm}; next {coming}."


def _names(query: FeedQuery) -> dict[str, str]:
    found = {slug: reading.tag(slug) for slug in (*query.tags, *query.without_tags)}
    return {slug: tag.name for slug, tag in found.items() if tag}
