"""The feeds that a person curates: their list, their settings, their members."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feeds.models import Feed, FeedMember, FormerName
from feeds.models.feed import FeedQuerySet
from feeds.named import FeedView, feed_view
from feeds.shown_names import chosen_names, hinted

SHOWN = 200


class Taken(ValueError):
    """Another feed has this address."""


class LeadsElsewhere(ValueError):
    """The address was another feed's, and leads there still; the text says so."""


class NoPerson(LookupError):
    """Nobody is known by this mail address."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a feed is. `query` is a FeedQuery as text, without feed, period and date."""

    slug: str
    name: str
    description: str = ""
    byline: str = ""
    query: str = ""
    most: int = 50
    minimum: int = 0
    reviewed: bool = False
    coverage: bool = False
    visibility: str = "public"


@dataclass(frozen=True, slots=True)
class Member:
    id: int
    who: str
    role: str
    curates: bool
    me: bool


def curated_by(user: int, *, staff: bool) -> list[FeedView]:
    """The feeds that the person may work on, by name: all of them for staff."""
    return [feed_view(row) for row in _curated(user, staff).order_by("name", "id")[:SHOWN]]


def curated(slug: str, user: int, *, staff: bool) -> FeedView | None:
    """The feed of that name, None where the person does not curate it or there is none."""
    row = _curated(user, staff).filter(slug=slug).first()
    return feed_view(row) if row else None


def settings_of(feed_id: int) -> Settings | None:
    row = Feed.objects.filter(pk=feed_id).values(*Settings.__dataclass_fields__).first()
    return Settings(**row) if row else None


def make(settings: Settings, by: int, *, take_over: bool = False) -> FeedView:
    """A new feed, whose first curator is `by`.

    Raises Taken, and LeadsElsewhere unless it shall `take_over` an address that leads elsewhere.
    """
    with _its_own_address():
        _free(settings.slug, None, take_over)
        row = Feed.objects.create(**asdict(settings))
        FeedMember.objects.create(feed=row, user_id=by, role=FeedMember.Role.CURATOR)
    return feed_view(row)


def change(feed_id: int, settings: Settings, now: datetime, *, take_over: bool = False) -> None:
    """Writes what the feed is from now on; closed editions stay, and an address that it had leads
    to it. Raises Taken, and LeadsElsewhere as `make` does.
    """
    with _its_own_address():
        row = Feed.objects.select_for_update().filter(pk=feed_id).first()
        if row is None:
            return
        if row.slug != settings.slug:
            _free(settings.slug, feed_id, take_over)
            left = {"feed": row, "left_at": now}
            FormerName.objects.update_or_create(slug=row.slug, defaults=left)
        Feed.objects.filter(pk=feed_id).update(**asdict(settings))


@transaction.atomic
def delete(feed_id: int, now: datetime) -> None:
    """Deletes the feed with its editions and all that was decided; its papers stay.

    Its addresses say that it is gone, but for those of a private feed.
    """
    row = Feed.objects.select_for_update().filter(pk=feed_id).first()
    if row is None:
        return
    if row.visibility != Feed.Visibility.PRIVATE:
        row.former_names.update(feed=None, left_at=now)
        left = {"feed": None, "left_at": now}
        FormerName.objects.update_or_create(slug=row.slug, defaults=left)
    row.delete()


def members(feed_id: int, me: int) -> list[Member]:
    """Its members, curators first: by the names that they chose, of an address no more than
    who typed it knows again."""
    rows = FeedMember.objects.filter(feed=feed_id).select_related("user").order_by("role", "id")
    chosen = chosen_names(row.user_id for row in rows[:SHOWN])
    return [
        Member(
            row.pk,
            chosen.get(row.user_id) or hinted(row.user.get_username()),
            row.get_role_display(),
            row.role == FeedMember.Role.CURATOR,
            row.user_id == me,
        )
        for row in rows[:SHOWN]
    ]


def add_member(feed_id: int, address: str, role: str) -> None:
    """Lets the person of that mail address read or curate it. Raises NoPerson."""
    user = get_user_model().objects.filter(email__iexact=address.strip()).first()
    if user is None:
        raise NoPerson
    FeedMember.objects.update_or_create(feed_id=feed_id, user=user, defaults={"role": role})


def remove_member(feed_id: int, member_id: int) -> bool:
    """Whether there was such a member."""
    deleted, _ = FeedMember.objects.filter(feed=feed_id, pk=member_id).delete()
    return bool(deleted)


def _curated(user: int, staff: bool) -> FeedQuerySet:
    if staff:
        return Feed.objects.all()
    return Feed.objects.filter(members__user=user, members__role=FeedMember.Role.CURATOR)


def _free(slug: str, feed_id: int | None, take_over: bool) -> None:
    """Frees the address for the feed: its own, or one that it shall take over."""
    former = FormerName.objects.select_for_update().filter(slug=slug).first()
    if former is None:
        return
    its_own = feed_id is not None and former.feed_id == feed_id
    if not its_own and not take_over:
        raise LeadsElsewhere(_leads(former))
    former.delete()


def _leads(former: FormerName) -> str:
    until = {"until": date_format(former.left_at, "DAY")}
    if former.feed_id is None:
        said = _(
            "This address was that of a feed that was deleted on %(until)s. Taken over, it brings "
            "this feed to those who subscribed to that one."
        )
        return said % until
    said = _(
        "This address leads to another feed, which had it until %(until)s. Taken over, it brings "
        "this feed to all who read that one under it."
    )
    return said % until


@contextmanager
def _its_own_address() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Taken from None
