"""A subscription as its owner sees it, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.addresses import manage_address
from accounts.models import Cadence, Subscription
from accounts.schedule import is_paused, next_due
from feeds import named, reading
from feeds.query import FeedQuery, QueryError, parse
from feeds.web.addresses import address
from feeds.wording import filter_words

AT_ONCE = _("within minutes of the next paper that fits")
LISTS = {
    "hot": _("Trending papers"),
    "rising": _("Rising papers"),
    "scaled": _("Evenly trending papers"),
    "new": _("New papers"),
    "top": _("The most voted papers"),
    "for_you": _("Papers for you"),
    "relevance": _("Most relevant papers"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What a page or a mail says about a subscription.

    `list_address` is where its papers are read, `next` when the next mail comes, `state` how
    it stands in a sentence, `language` what the one that it is worded in calls itself.
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
    language: str


def in_words(rows: Sequence[Subscription]) -> list[Order]:
    """The subscriptions as their owners see them, in the same order."""
    names = _names((row.query for row in rows), None)
    gone = named.gone({_read(row.query).feed for row in rows} - {""})
    return [_order(row, names, gone) for row in rows]


def what(text: str, *, reader: int | None = None) -> str:
    """ "Trending papers: diffusion, not medical, with code": what a stored query asks for.

    `reader` is the user whose feeds may be called by their names.
    """
    return _what(text, _names([text], reader))


def when(cadence: str, hour: int, zone: str) -> str:
    """ "every weekday at 8:00, Europe/Paris", "as papers come in"."""
    if cadence == Cadence.INSTANT:
        return str(Cadence.INSTANT.label)
    return gettext("%(often)s at %(hour)d:00, %(place)s") % {
        "often": Cadence(cadence).label,
        "hour": hour,
        "place": place(zone),
    }


def moment(at: datetime, zone: str) -> str:
    """ "on Thursday, 26 November, at 8:00, Europe/Paris"."""
    local = _local(at, zone)
    return gettext("on %(day)s, at %(time)s, %(place)s") % {
        "day": _day(local),
        "time": f"{local.hour}:{local:%M}",
        "place": place(zone),
    }


def place(zone: str) -> str:
    return zone.replace("_", " ")


def sort_of(text: str) -> str:
    """The order that a stored query asks for."""
    return _read(text).sort


def list_address(text: str) -> str:
    """The page where the papers of a stored query are read."""
    return address(_read(text))


def _state(row: Subscription, at: datetime, gone: Mapping[str, datetime]) -> str:
    if row.ended_at:
        return gettext("Ended.")
    if deleted_at := gone.get(slug := _read(row.query).feed):
        return " ".join((named.gone_words(slug, deleted_at), gettext("No mail comes of it.")))
    if not row.confirmed_at:
        return gettext("Not confirmed yet: no mail comes.")
    coming = {"day": _day(_local(at, row.timezone))}
    if is_paused(row.paused_until, _local(timezone.now(), row.timezone).date()):
        return gettext("Paused. It goes on on %(day)s.") % coming
    if row.cadence == Cadence.INSTANT:
        return ngettext(
            "It comes within minutes of a new paper, at most %(times)d time a day.",
            "It comes within minutes of a new paper, at most %(times)d times a day.",
            row.daily_most,
        ) % {"times": row.daily_most}
    comes = {"when": when(row.cadence, row.hour, row.timezone)}
    return gettext("It comes %(when)s; the next on %(day)s.") % (comes | coming)


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone) if zone in available_timezones() else UTC)


def _day(local: datetime) -> str:
    """ "Thursday, 26 November"."""
    return date_format(local, "WEEKDAY_IN_A_SENTENCE")


def _order(row: Subscription, names: Mapping[str, str], gone: Mapping[str, datetime]) -> Order:
    at = next_due(row, timezone.now())
    return Order(
        uid=row.uid,
        email=row.email,
        what=_what(row.query, names),
        when=when(row.cadence, row.hour, row.timezone),
        next=str(AT_ONCE) if row.cadence == Cadence.INSTANT else moment(at, row.timezone),
        state=_state(row, at, gone),
        running=row.confirmed_at is not None and row.ended_at is None,
        ended=row.ended_at is not None,
        list_address=list_address(row.query),
        manage=manage_address(row),
        language=languages.name(row.language),
    )


def _what(text: str, names: Mapping[str, str]) -> str:
    query = _read(text)
    words = ", ".join(filter_words(query, names))
    return f"{LISTS[query.sort]}: {words}" if words else str(LISTS[query.sort])


def _read(text: str) -> FeedQuery:
    """The stored query; one that the grammar no longer knows shows as one for everything."""
    try:
        return parse(text)
    except QueryError:
        return FeedQuery()


def _names(texts: Iterable[str], reader: int | None) -> dict[str, str]:
    return reading.names_in(map(_read, texts), viewer=reader)
