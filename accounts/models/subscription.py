import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone as time
from django.utils.translation import gettext_lazy as _

from accounts.schedule import Rhythm


class Cadence(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKDAYS = "weekdays", _("every weekday")
    WEEKLY = "weekly", _("once a week")
    MONTHLY = "monthly", _("once a month")
    INSTANT = "instant", _("as papers come in")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> Self:
        """Those whose owner said yes."""
        return self.filter(confirmed_at__isnull=False)

    def running(self) -> Self:
        """Those that nobody ended, confirmed or not."""
        return self.filter(ended_at__isnull=True)

    def active(self, now: datetime) -> Self:
        """Those that mail may go to at `now`: confirmed, not ended, not paused."""
        unpaused = Q(paused_until__isnull=True) | Q(paused_until__lte=now.date())
        return self.confirmed().running().filter(unpaused)

    def rhythms(self) -> list[Rhythm]:
        """Each of their rhythms once; what comes as papers come in has none."""
        timed = self.exclude(cadence=Cadence.INSTANT)
        rows = timed.values_list("cadence", "hour", "timezone", named=True)
        return list(rows.order_by().distinct())

    def of(self, addresses: Iterable[str]) -> Self:
        """All that these addresses ever ordered, the oldest first."""
        lowered = [address.lower() for address in addresses]
        return self.filter(email__in=lowered).order_by("created_at", "id")


class Subscription(models.Model):
    """A person's standing order: which papers, how often, at which hour of their day.

    `query` is a FeedQuery without a period and a date, as text; empty asks for everything.
    `paused_until` is the first local day that mail may come on again. With `skip_seen` a
    paper that came by any subscription of the same address does not come again; with `skip_empty`
    no mail comes when there is nothing new. `breadth` chooses the papers for what they cover, not
    by the order alone.

    One that brings papers as they come in keeps `gap` minutes between two mails, and brings at most
    `daily_most` a day; `looked` is how far (feeds.arrivals.mark) papers were looked through for it,
    0 before the first time.

    `channel` is how it comes, and `target` where to, on those that do not go to `email`: whose
    order it is says `email` all the same. `language` is the one that it is worded in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    query = models.TextField(blank=True)
    cadence = models.CharField(max_length=10, choices=Cadence, default=Cadence.WEEKDAYS)
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    timezone = models.CharField(max_length=64, default="UTC")
    most = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    channel = models.CharField(max_length=20, default="email")
    target = models.CharField(max_length=200, blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=time.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    skip_seen = models.BooleanField(default=True)
    skip_empty = models.BooleanField(default=True, db_default=True)
    breadth = models.BooleanField(default=False, db_default=False)
    gap = models.PositiveSmallIntegerField(default=60, db_default=60)
    daily_most = models.PositiveSmallIntegerField(default=6, db_default=6)
    looked = models.BigIntegerField(default=0, db_default=0)
    language = models.CharField(max_length=10, default="en", db_default="en")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "query", "cadence"],
                condition=Q(ended_at__isnull=True),
                name="subscription_runs_once",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="subscription_lower"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="subscription_hour"),
            models.CheckConstraint(
                condition=Q(most__gte=1, most__lte=100), name="subscription_most"
            ),
        ]
        indexes = [
            models.Index(fields=["email"], name="subscription_by_email"),
            models.Index(
                fields=["cadence", "hour", "timezone"],
                condition=Q(ended_at__isnull=True, confirmed_at__isnull=False),
                name="subscription_by_rhythm",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"
