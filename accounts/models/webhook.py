import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A send that nobody heard of for so long was cut off: it goes out again.
STALE = timedelta(minutes=2)
SALT_BYTES = 32


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def new_uid() -> str:
    return f"msg_{secrets.token_hex(12)}"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def running(self) -> Self:
        """Those that are told of things: switched on, of an open account."""
        return self.filter(state=Webhook.State.ON, user__is_active=True)

    def wanting(self, kind: str) -> Self:
        return self.running().filter(kinds__contains=[kind])


class Webhook(models.Model):
    """An address of a person's that is told when something happens in the answer to a question.

    `query` is a FeedQuery as text, without a date. The secret is made from `secret_salt` and the
    site's own key, and kept nowhere; until `former_until` the one before it signs too. `on_since`
    is from when on things are told. `looked` is the mark of arrivals (feeds/arrivals.py) of the
    last look for papers, None before the first; `stood` are the papers that stood there then, and
    `floor` the time of listing of the last of them where there were more. `stood_high` are those
    that were trending at the first look. `failing_since` is the first failure after the last
    success.
    """

    class Kind(models.TextChoices):
        ADDED = "paper.added", _("a paper comes in")
        TRENDING = "paper.trending", _("a paper is among the first ten")
        PUBLISHED = "edition.published", _("a feed’s edition is out")
        SAID = "comment.created", _("somebody comments on a paper")

    class State(models.TextChoices):
        ON = "on", pgettext_lazy("of a webhook", "on")
        OFF = "off", _("switched off")
        FAILED = "failed", _("switched off, as it failed for five days")
        GONE = "gone", _("switched off, as its address says that it is gone (410)")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks"
    )
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=2000)
    query = models.TextField(blank=True)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind))
    shape = models.CharField(max_length=20, default="standard")
    secret_salt = models.BinaryField(default=new_salt)
    former_secret_salt = models.BinaryField(null=True, blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.ON)
    off_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    on_since = models.DateTimeField(default=timezone.now)
    looked = models.BigIntegerField(null=True, blank=True)
    stood = ArrayField(models.BigIntegerField(), default=list, blank=True)
    floor = models.DateTimeField(null=True, blank=True)
    stood_high = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "id"], name="webhook_of_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        return self.state == self.State.ON


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    def claimable(self, now: datetime) -> Self:
        """Those to be sent: their time has come, or who claimed them is gone."""
        waiting = Q(state=WebhookEvent.State.WAITING, next_try_at__lte=now)
        left = Q(state=WebhookEvent.State.CLAIMED, claimed_at__lte=now - STALE)
        return self.filter(waiting | left)


class WebhookEvent(models.Model):
    """One thing that one webhook is told: the row stands before anything is sent.

    `uid` is the webhook-id, the same at each try. `subject` names what it is about, so that
    nothing is told twice: the id of a paper, an edition or a comment (`thing`). `papers` are the
    ids of the papers in it. `body` is what was sent, made at the first try; it is emptied after a
    month, the row stays. `tries` are those since it was made or asked to be sent again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        CLAIMED = "claimed", _("is being sent")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("not sent")
        FAILED = "failed", _("failed for good")

    uid = models.CharField(max_length=40, unique=True, default=new_uid)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    thing = models.BigIntegerField(null=True, blank=True)
    papers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    objects = WebhookEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "kind", "subject"], name="webhook_event_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["waiting", "claimed"]),
                name="webhook_event_to_send",
            ),
            models.Index(fields=["webhook", "-id"], name="webhook_event_log"),
        ]

    def __str__(self) -> str:
        return self.uid


class WebhookTry(models.Model):
    """One try to send an event: what was answered (its first kilobyte), or why nothing was."""

    event = models.ForeignKey(WebhookEvent, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.TextField(blank=True)
    error = models.CharField(max_length=500, blank=True)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "webhook tries"
        indexes = [models.Index(fields=["at"], name="webhook_try_by_time")]

    def __str__(self) -> str:
        return f"{self.event_id} at {self.at:%Y-%m-%d %H:%M}"


class WebhookMark(models.Model):
    """Up to when all webhooks together were looked after, by what was looked for; of comments
    also the last one's number."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
