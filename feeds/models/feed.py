from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext_lazy

from feeds.models.paper import Paper

MOST_PAPERS = 200


class FeedQuerySet(models.QuerySet["Feed"]):
    def shown_to(self, viewer: int | None) -> Self:
        """Those that the viewer may read: all that are not private, and those they are in."""
        if viewer is None:
            return self.exclude(visibility=Feed.Visibility.PRIVATE)
        mine = FeedMember.objects.filter(feed=OuterRef("pk"), user=viewer)
        return self.filter(~Q(visibility=Feed.Visibility.PRIVATE) | Exists(mine))

    def listed_for(self, viewer: int | None) -> Self:
        """Those that a list of feeds names to the viewer: the public ones, and their own."""
        mine = FeedMember.objects.filter(feed=OuterRef("pk"), user=viewer or 0)
        return self.filter(Q(visibility=Feed.Visibility.PUBLIC) | Exists(mine))


class Feed(models.Model):
    """A named question with curators: "Daily", "Efficient inference".

    `query` is a FeedQuery as text, without feed, period and date. An edition has at most `most`
    papers; one with fewer than `minimum` is filled up from the days before. Where `reviewed` is
    set, editions hold what curators placed, and are shown once they are published. `coverage`
    chooses an edition's papers for breadth. `constants` are those that its curators set in place
    of the site's (see feeds/rankers/base.py).
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", gettext_lazy("public")
        UNLISTED = "unlisted", gettext_lazy("whoever has the address")
        PRIVATE = "private", gettext_lazy("its members only")

    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    byline = models.CharField(max_length=100, blank=True)
    query = models.TextField(blank=True)
    most = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(MOST_PAPERS)])
    minimum = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_PAPERS)]
    )
    reviewed = models.BooleanField(default=False)
    coverage = models.BooleanField(default=False)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    constants = models.JSONField(default=dict, blank=True, db_default=Value({}, models.JSONField()))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FeedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/f/{self.slug}"


class FormerName(models.Model):
    """An address that a feed had until `left_at`: it leads there still.

    That of a feed that was deleted leads nowhere (`feed` is None), and says so. A private
    feed that is deleted leaves none.
    """

    slug = models.SlugField(max_length=50, unique=True)
    feed = models.ForeignKey(
        Feed, on_delete=models.CASCADE, null=True, blank=True, related_name="former_names"
    )
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class FeedMember(models.Model):
    """A person who may read a private feed, or who curates one."""

    class Role(models.TextChoices):
        READER = "reader", gettext_lazy("reads it")
        CURATOR = "curator", gettext_lazy("curates it")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=Role, default=Role.READER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.feed}"


class PlacingQuerySet(models.QuerySet["Placing"]):
    def placed(self, first: date | None, last: date | None) -> Self:
        """Those of editions from `first` to `last`, both included; None is open."""
        found = self.filter(verdict=Placing.Verdict.PLACED)
        found = found.filter(date__gte=first) if first else found
        return found.filter(date__lte=last) if last else found

    def published(self) -> Self:
        """Those of days whose editions their curators published."""
        days = Edition.objects.published().filter(feed=OuterRef("feed"), period="day")
        return self.filter(Exists(days.filter(date=OuterRef("date"))))

    def dropped(self) -> Self:
        return self.filter(verdict=Placing.Verdict.DROPPED)


class Decided(models.Model):
    """What a feed's curators decided of a paper, for the edition that begins on `date`.

    One that is placed stands in it whatever the feed asks for, with a `pin` (counting from 0)
    before all others.
    """

    class Verdict(models.TextChoices):
        PLACED = "placed", gettext_lazy("placed")
        DROPPED = "dropped", gettext_lazy("dropped")

    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.PLACED)
    date = models.DateField()
    pin = models.PositiveIntegerField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Placing(Decided):
    """What was decided on a day: one that is dropped stands in none of the feed's editions."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="placings")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="placings")

    objects = PlacingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "paper"], name="placing_once")]
        indexes = [models.Index(fields=["feed", "date"], name="placing_by_date")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.verdict} in {self.feed}"


class PeriodPlacing(Decided):
    """What was decided for one week's or month's edition alone: the others stay as they are."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="period_placings")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="period_placings")
    period = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "period", "date", "paper"], name="period_placing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.verdict} in {self.feed}, {self.period} {self.date}"


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)


class Edition(models.Model):
    """A feed's papers of one day, week or month, as they stood when it was closed.

    `date` is the first day of the period. `papers` and `notes` (why a paper stands there, by its
    id) hold once `closed_at` is set; from then on only corrections change them. `note` is the
    curators' word to the readers, `constants` are those of the feed when it was closed.
    """

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="editions")
    period = models.CharField(max_length=5)
    date = models.DateField()
    note = models.TextField(blank=True)
    papers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    constants = models.JSONField(default=dict, blank=True, db_default=Value({}, models.JSONField()))
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "period", "date"], name="edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.feed}, {self.period} {self.date}"


class Correction(models.Model):
    """A change of a closed edition, in words that its readers see."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="corrections")
    text = models.CharField(max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text
