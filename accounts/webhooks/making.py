"""What people do with their webhooks: make, switch, rotate, delete, test, send again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlencode, urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Webhook, WebhookEvent
from accounts.models.webhook import new_salt
from accounts.webhooks import looking, places
from accounts.webhooks.places import NoPlace
from accounts.webhooks.shapes.base import shapes
from accounts.webhooks.signing import OVERLAP
from feeds import limits, reading
from feeds.limits import HOUR, Limit
from feeds.query import QueryError, parse

MOST = 20  # a person
TEST = "webhook.test"
BY_HAND = Limit("webhook-by-hand", 60, HOUR)
LOG = 25
WAS_OFF = "The webhook was off."

State = WebhookEvent.State
_LIST = re.compile(r"/(f|t|c)/([^/?#]+)/?")
_TERM = {"f": "feed", "t": "tag", "c": "in"}


class CannotMake(ValueError):
    """It cannot be done; the text says why and what to do. `field` is what it is about."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. `asked` is a query string, or the address of a list here."""

    name: str
    url: str
    asked: str
    kinds: Sequence[str]
    shape: str = "standard"


def make(user: int, wish: Wish, now: datetime) -> Webhook:
    """A new webhook of the person's, told of what happens from now on. Raises CannotMake."""
    hook = Webhook(user_id=user, made_at=now)
    _take(hook, wish)
    if Webhook.objects.filter(user=user).count() >= MOST:
        raise CannotMake(
            _("You have %(count)d webhooks. Delete one that you do not need.") % {"count": MOST}
        )
    _check_place(hook.url)
    looking.stand(hook, now)
    hook.save()
    return hook


def change(hook: Webhook, wish: Wish, now: datetime) -> None:
    """It is as wished from now on, with the same secret; where it asks for something else, it is
    told of what happens from now on. Raises CannotMake, and then changed nothing.
    """
    if wish.url.strip() != hook.url:
        _check_place(wish.url.strip())  # before anything is locked: a host may take its time
    with transaction.atomic():
        row = Webhook.objects.select_for_update().get(pk=hook.pk)
        asked, shape = (row.query, row.kinds), row.shape
        _take(row, wish)
        if (row.query, row.kinds) != asked:
            looking.stand(row, now)
        if row.shape != shape:  # what waits to be tried again has the former one
            row.events.filter(state=State.WAITING).update(body="")
        row.save()
    hook.refresh_from_db()


def of_person(user: int) -> list[Webhook]:
    """The person's webhooks, the newest first."""
    return list(Webhook.objects.filter(user=user).order_by("-id"))


def one(user: int, number: int) -> Webhook | None:
    return Webhook.objects.filter(user=user, pk=number).first()


def log(hook: Webhook, before: int = 0) -> tuple[list[WebhookEvent], int | None]:
    """Its events with their tries, the last first, and where the next page begins."""
    rows = hook.events.order_by("-id").prefetch_related("log")
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows[: LOG + 1])
    return found[:LOG], found[LOG - 1].pk if len(found) > LOG else None


def event_of(hook: Webhook, uid: str) -> WebhookEvent | None:
    """The event that it was told under that id."""
    return hook.events.filter(uid=uid).first()


@transaction.atomic
def switch_on(hook: Webhook, now: datetime) -> None:
    """It goes on, told of what happens from now on; what waited is not sent. Raises CannotMake."""
    _check_place(hook.url)
    looking.stand(hook, now)
    hook.state, hook.off_at, hook.told_at = Webhook.State.ON, None, None
    hook.failing_since = None
    hook.save()
    waited = hook.events.filter(state=State.WAITING)
    waited.update(state=State.SKIPPED, error=WAS_OFF, done_at=now)


def switch_off(hook: Webhook, now: datetime) -> None:
    """Nothing more is sent, what waits neither."""
    changed = Webhook.objects.filter(pk=hook.pk, state=Webhook.State.ON)
    changed.update(state=Webhook.State.OFF, off_at=now, told_at=now)


@transaction.atomic
def rotate(hook: Webhook, now: datetime) -> None:
    """A new secret; the one before it signs as well for a day."""
    row = Webhook.objects.select_for_update().get(pk=hook.pk)
    row.former_secret_salt, row.former_until = row.secret_salt, now + OVERLAP
    row.secret_salt = new_salt()
    row.save(update_fields=["secret_salt", "former_secret_salt", "former_until"])
    hook.refresh_from_db()


def send_test(hook: Webhook, now: datetime) -> WebhookEvent:
    """An event that says that nothing happened. Raises CannotMake."""
    _check_by_hand(hook)
    event = WebhookEvent(webhook=hook, kind=TEST, made_at=now, next_try_at=now)
    event.subject = event.uid
    event.save()
    return event


def send_again(hook: Webhook, number: int, now: datetime) -> bool:
    """Has an event sent once more, under the same id; whether there was one to send. Raises
    CannotMake."""
    _check_by_hand(hook)
    done = hook.events.filter(pk=number).exclude(state__in=(State.WAITING, State.CLAIMED))
    fresh = {"state": State.WAITING, "next_try_at": now, "tries": 0, "error": "", "done_at": None}
    return bool(done.update(**fresh))


def delete(hook: Webhook) -> None:
    hook.delete()


def _take(hook: Webhook, wish: Wish) -> None:
    """Sets what is wished for; its place is looked up elsewhere. Raises CannotMake."""
    name = " ".join(wish.name.split())
    if not name:
        raise CannotMake(_("Give it a name by which you know it again."), "name")
    if wish.shape not in shapes.names():
        raise CannotMake(
            _("%(word)r is none of %(known)s.")
            % {"word": wish.shape, "known": ", ".join(shapes.names())},
            "shape",
        )
    hook.query = _query(wish.asked, wish.kinds, hook.user_id)
    hook.kinds = [kind for kind in Webhook.Kind.values if kind in wish.kinds]
    hook.name, hook.url, hook.shape = name[:80], wish.url.strip(), wish.shape


def _check_place(url: str) -> None:
    try:
        places.check(url)
    except NoPlace as reason:
        raise CannotMake(str(reason), "url") from None


def _check_by_hand(hook: Webhook) -> None:
    if not hook.is_on:
        raise CannotMake(_("It is off. Switch it on first."))
    if seconds := limits.wait(BY_HAND, str(hook.user_id)):
        raise CannotMake(
            _("That is a lot at once. Please wait %(time)s.") % {"time": limits.in_words(seconds)}
        )


def _query(asked: str, kinds: Sequence[str], user: int) -> str:
    """The question as it is kept. Raises CannotMake."""
    if unknown := set(kinds) - set(Webhook.Kind.values):
        raise CannotMake(_("There is no event called %(word)r.") % {"word": min(unknown)}, "kinds")
    if not kinds:
        raise CannotMake(_("Say of what it is told."), "kinds")
    try:
        query = parse(terms(asked))
        if query.date:
            raise CannotMake(_("A webhook looks at what comes: leave the date out."), "asked")
        reading.at_latest(query, viewer=user)
    except QueryError as slip:
        raise CannotMake(str(slip), "asked") from None
    if Webhook.Kind.PUBLISHED in kinds and not query.feed:
        raise CannotMake(_("Only a feed has editions: name one, like feed=daily."), "asked")
    return str(query)


def terms(asked: str) -> str:
    """A query string, also of an address like https://this.site/f/daily?tag=diffusion."""
    text = asked.strip()
    if not text.startswith(("/", "http://", "https://")):
        return text
    parts = urlsplit(text)
    place = _LIST.fullmatch(parts.path)
    first = urlencode({_TERM[place[1]]: unquote(place[2])}) if place else ""
    return "&".join(part for part in (first, parts.query) if part)
