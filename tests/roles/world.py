"""One small site with somebody of every role, and something for each of them to want."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from accounts import reader_keys, tokens
from accounts.models import Delivery, Subscription, Webhook
from feeds import claiming, collecting, commenting, joining, voiding, voting
from feeds.collecting import Words
from feeds.desk import proposing
from feeds.keeping import keep
from feeds.models import Comment, Feed, FeedMember, Paper, PenName, Source, Submission, Tag
from feeds.tag_decisions import give_tag
from tests.factories import DAY, digest, entry, put_in
from tests.people import somebody

STRANGER = "a stranger"
READER = "a reader"
UNCONFIRMED = "an unconfirmed reader"
MEMBER = "a member"
CURATOR = "a curator of the feed"
OTHER_CURATOR = "a curator of another feed"
MODERATOR = "a moderator"
STAFF = "a curator of the site"
ADMIN = "an admin"
ROLES = (
    STRANGER, READER, UNCONFIRMED, MEMBER, CURATOR, OTHER_CURATOR, MODERATOR, STAFF, ADMIN,
)  # fmt: skip
_FIELDS: dict[str, dict[str, bool]] = {
    MODERATOR: {"is_moderator": True},
    STAFF: {"is_staff": True},
    ADMIN: {"is_staff": True, "is_superuser": True},
}


class World:
    """`people` are the accounts by role, `names` what stands in the addresses and forms of
    tests/roles/table.py."""

    def __init__(self) -> None:
        now = timezone.now()
        self.people = {
            role: somebody(role.split()[-1] + str(n), **_FIELDS.get(role, {}))
            for n, role in enumerate(ROLES)
            if role != STRANGER
        }
        self._confirm()
        self.names: dict[str, Any] = {"day": DAY, "feed": "secret", "open": "images"}
        self.names["reader"] = PenName.objects.get(user=self.people[READER]).slug
        self._papers()
        self._feeds()
        self._said(now)
        self._given(now)
        self._decided(now)
        self._ordered(now)
        self._hooked()
        self.names["key"] = reader_keys.make(self.people[READER], "A reader", now)
        self.clients = {role: self._client(role) for role in ROLES}

    def fill(self, text: str) -> str:
        return text.format(**self.names)

    def _client(self, role: str) -> Client:
        client = Client()
        if role != STRANGER:
            client.force_login(get_user_model().objects.get(pk=self.people[role]))
        return client

    def _confirm(self) -> None:
        from allauth.account.models import EmailAddress

        for role, person in self.people.items():
            if role != UNCONFIRMED:
                user = get_user_model().objects.get(pk=person)
                EmailAddress.objects.create(user=user, email=user.email, verified=True)

    def _papers(self) -> None:
        report = put_in(
            entry("A paper", id="2604.00001", authors=["Ada Lovelace"]),
            entry("Another", id="2604.00002"),
            entry("A third", id="2604.00003"),
            entry("A fourth", id="2604.00004"),
            entry("By two", id="2604.00005", authors=["Ada Lovelace", "Ben Writer"]),
        )
        put_in(entry("A paper", id="2604.00001", authors=["Ada Lovelace"]), source="other")
        key = Paper.objects.values_list("key", "pk")
        papers = dict(key)
        source = Source.objects.create(
            slug="fetched", name="Fetched", plugin="rss", settings={"url": "http://192.0.2.1/"}
        )
        self.names |= {
            "paper": "2604.00001",
            "id": papers["2604.00001"],
            "other": "2604.00002",
            "by_two": "2604.00005",
            "digest": report.digest_id,
            "source": source.pk,
            "by_hand": Source.objects.get(slug="upload").pk,
        }
        self._ids = papers

    def _feeds(self) -> None:
        for slug, visibility in (("secret", "private"), ("images", "public"), ("far", "private")):
            Feed.objects.create(slug=slug, name=slug.title(), visibility=visibility)
        seats = (
            (MEMBER, "secret", "reader"),
            (CURATOR, "secret", "curator"),
            (CURATOR, "images", "curator"),
            (OTHER_CURATOR, "far", "curator"),
        )
        for role, slug, seat in seats:
            feed = Feed.objects.get(slug=slug)
            FeedMember.objects.create(feed=feed, user_id=self.people[role], role=seat)
        far = get_user_model().objects.get(pk=somebody())
        self.names["address"] = far.email
        self.names["seat"] = FeedMember.objects.get(user=self.people[MEMBER]).pk

    def _said(self, now: Any) -> None:
        reader, other = self.people[READER], somebody("Somebody Else")
        self.names |= {
            "mine": commenting.say(self._ids["2604.00001"], "Mine.", by=reader, now=now),
            "theirs": commenting.say(self._ids["2604.00001"], "Theirs.", by=other, now=now),
            "held": commenting.say(self._ids["2604.00002"], "Held.", by=reader, now=now),
            "else": "somebody-else",
        }
        Comment.objects.filter(pk=self.names["held"]).update(state="held", reason="Looked at.")

    def _given(self, now: Any) -> None:
        reader = self.people[READER]
        given: dict[str, Any] = {"made_by_id": reader, "made_at": now}
        for state, name in (("ready", "mine"), ("waiting", "waits")):
            given["document"] = keep(digest(entry(id="2604.10005")))
            row = Submission.objects.create(
                given="1", name=f"arxiv:2604.1000{len(name)}", state=state, title="T", **given
            )
            self.names["waits" if name == "waits" else "submission_mine"] = row.pk
        self.names |= {
            "private": collecting.make(Words("Mine", visibility="private"), reader),
            "public": collecting.make(Words("Ours", visibility="public"), reader),
            "claim": claiming.claim(self._ids["2604.00001"], "Ada Lovelace", by=reader, now=now),
            "proposal": proposing.propose(
                digest(entry("New")),
                proposing.Choice("daily"),
                name="day.json",
                curator=self.people[STAFF],
            ),
        }

    def _decided(self, now: Any) -> None:
        staff, papers = self.people[STAFF], self._ids
        for slug in ("lamps", "lights"):
            Tag.objects.create(slug=slug, name=slug.title(), kind="topic")
        give_tag(papers["2604.00001"], "Lamps", who="a curator")
        joined = joining.join(
            papers["2604.00003"], papers["2604.00004"], by=staff, why="One.", now=now
        )
        voter = somebody()
        voting.vote(papers["2604.00002"], voter)
        from feeds.models import Vote

        vote = Vote.objects.get(user=voter)
        voiding.void([vote.pk], by=staff, why="Bought.", now=now)
        voting.vote(papers["2604.00001"], voter)
        self.names |= {
            "tag": "lamps",
            "joining": joined.pk,
            "voiding": Vote.objects.get(pk=vote.pk).voiding_id,
            "vote": Vote.objects.get(user=voter, voiding=None).pk,
            "person": voter,
        }

    def _hooked(self) -> None:
        hook = Webhook.objects.create(user_id=somebody(), name="A program", kinds=["paper.added"])
        self.names["webhook"] = hook.pk

    def _ordered(self, now: Any) -> None:
        order = Subscription.objects.create(
            email="orders@example.org", cadence="daily", confirmed_at=now - timedelta(days=9)
        )
        asked = Subscription.objects.create(email="asks@example.org", cadence="daily")
        row = Delivery.objects.create(
            subscription=order, period=DAY, state="sent", asked=f"date={DAY}", papers=[]
        )
        self.names |= {
            "order": order.uid,
            "delivered": tokens.write_for(row),
            "act": tokens.write("act", order),
            "data": tokens.write("data", order),
            "manage": tokens.write("manage", order),
            "end": tokens.write("unsubscribe", order),
            "confirm": tokens.write("confirm", asked),
        }
