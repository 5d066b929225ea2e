"""An instance where all has happened that can: by the usual ways, and made up for the rest."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts import keys, roles, subscribing, suppressing
from accounts.exported import KINDS
from accounts.ringing import open_due
from feeds import claiming, closing, collecting, commenting, following, marking, moderating
from feeds.editions import Chosen
from feeds.joining import join, undo
from feeds.models import Edition, Feed, FeedMember, Paper, Placing
from feeds.named import feed_named
from feeds.splitting import Splitting, Wanted, split_tag
from feeds.submitting import submit
from feeds.tag_decisions import deny_tag, give_tag
from feeds.tag_keeping import merge_tags
from feeds.voting import vote
from tests.factories import DAY, entry, put_in
from tests.people import NOW, somebody

# Whatever a file's format may trip over.
WILD = 'Ünïcode \\ "quoted" {a,b} \t $x^2$ 𝔸 ‘’\u2028'
_numbers = itertools.count(1)


def live() -> None:
    """Fills an empty database; afterwards every kind has rows."""
    papers = _papers()
    ada, ben, mod = somebody("Ada"), somebody("Ben"), somebody("Mo", is_moderator=True)
    _read(papers, ada, ben)
    _talk(papers[0], ada, ben, mod)
    _curate(papers, ada)
    _order(ada)
    for kind in KINDS:
        if not kind.model._base_manager.exists():
            make_up(kind.model)


def _papers() -> list[int]:
    put_in(
        entry("Sparse attention", id="2604.00001", summary="A diffusion model draws.", upvotes=7),
        entry(f"{WILD} models", id="2604.00002", authors=["Émile Zøla", "A, B {C}"], upvotes=3),
        entry("Attention, sparse", id="2604.00003", summary="A diffusion model of tokens."),
    )
    put_in(entry("Sparse attention", id="2604.00001", upvotes=11), day=DAY + timedelta(days=1))
    put_in(
        entry("A page's paper", id=None, summary="", authors=[], publishedAt=None), source="page"
    )
    return list(Paper.objects.order_by("id").values_list("id", flat=True))


def _read(papers: list[int], ada: int, ben: int) -> None:
    for user, paper in itertools.product((ada, ben), papers):
        vote(paper, user)
    vote(papers[0], somebody(), held_until=NOW + timedelta(days=9000))
    collecting.save(papers[0], ada)
    marking.mark_read(papers[1], ben, NOW)
    following.follow("tag=diffusion", ada, NOW)
    claiming.claim(papers[1], "Émile Zøla", by=ada, now=NOW)
    submit("https://doi.org/10.5555/12345678", ben, NOW, why=WILD)


def _talk(paper: int, ada: int, ben: int, mod: int) -> None:
    said = commenting.say(paper, f"What of *this*? {WILD}", by=ada, now=NOW)
    rude = commenting.answer(said, "Rude words", by=ben, now=NOW)
    commenting.report(rude, "It is rude", by=ada, now=NOW)
    moderating.moderate(rude, "remove", by=mod, why="It insults", now=NOW)
    commenting.delete(commenting.say(paper, "A slip", by=ben, now=NOW), by=ben, now=NOW)
    commenting.mute("ben", by=ada)


def _curate(papers: list[int], ada: int) -> None:
    feed = Feed.objects.create(slug="daily", name="Daily", query="")
    FeedMember.objects.create(feed=feed, user_id=ada, role="curator")
    Placing.objects.create(feed=feed, paper_id=papers[0], date=DAY, pin=0, made_by_id=ada)
    view = feed_named("daily", ada)
    closing.publish(view, DAY, NOW + timedelta(days=3), note=WILD)
    row = Edition.objects.get()
    closing.correct(row.pk, Chosen(tuple(row.papers[1:])), "One was withdrawn.", ada)
    undo(join(papers[0], papers[2], by=ada, why="", now=NOW).pk, by=ada, now=NOW)
    join(papers[1], papers[3], by=ada, why=WILD, now=NOW)
    give_tag(papers[0], "Attention heads", who="Ada")
    give_tag(papers[0], "Heads", who="Ada")
    merge_tags("heads", "attention-heads")
    deny_tag(papers[1], "attention-heads", by=ada)
    parts = (Wanted("Drawing", ("draws",)), Wanted("Tokens", ("tokens",)))
    split_tag("diffusion", Splitting(parts), by=ada, who="Ada", now=NOW)


def _order(ada: int) -> None:
    order = subscribing.subscribe(
        email="reader@example.org", query="", cadence="daily", hour=8, timezone="UTC", now=NOW
    )
    subscribing.confirm(order.uid, NOW)
    open_due(NOW + timedelta(days=1))
    suppressing.suppress("gone@example.org", "bounce", "No such mailbox", NOW)
    keys.make(ada, "A script", ["read"], NOW)
    EmailAddress.objects.create(user_id=ada, email="ada@example.org", verified=True, primary=True)
    roles.give("admin", ada, by=None, now=NOW)


def make_up(model: type[models.Model], **given: Any) -> models.Model:
    """A row of wild values, whose relations are the first rows that there are."""
    fields = [field for field in model._meta.concrete_fields if not _numbers_itself(field)]
    values = {field.attname: _value(field) for field in fields} | given
    return model._base_manager.create(**values)


def _numbers_itself(field: Any) -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField)


def _value(field: Any) -> Any:
    if field.is_relation:
        return _related(field)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, ArrayField):
        value = _value(field.base_field)
        return [value, "NULL", ""] if isinstance(value, str) else [value]
    for types, make in _VALUES:
        if isinstance(field, types):
            return make(field)
    raise TypeError(f"{field}: say how a value of it is made up")


def _related(field: Any) -> Any:
    if field.null:
        return None
    if field.related_model in (ContentType, Permission):
        return field.related_model.objects.order_by("-pk").first().pk
    # Two people are needed where one thinks of another.
    rows = field.related_model._base_manager.order_by("pk" if field.name == "user" else "-pk")
    return rows.first().pk


_VALUES: list[tuple[type | tuple[type, ...], Any]] = [
    (models.BooleanField, lambda _: True),
    (models.IntegerField, lambda _: next(_numbers)),
    (models.FloatField, lambda _: 0.1 + 0.2),
    (models.DateTimeField, lambda _: datetime(2026, 4, 24, 1, 2, 3, 456789, tzinfo=UTC)),
    (models.DateField, lambda _: date(2026, 4, 24)),
    (models.UUIDField, lambda _: uuid4()),
    (models.BinaryField, lambda _: bytes(range(256))),
    (models.JSONField, lambda _: {"wild": WILD, "numbers": [1, 1.5, None, True]}),
    ((models.CharField, models.TextField), lambda field: WILD[: field.max_length]),
]
