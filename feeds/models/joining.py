from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from feeds.models.digest import Digest
from feeds.models.paper import Paper
from feeds.models.source import Source
from feeds.models.vote import Vote


class Joining(models.Model):
    """A curator's word that two papers are one work: `absorbed` is read as `kept` from then on.

    The absorbed paper's row stays, dropped, with all that it was; what came over is noted here,
    so that the joining can be undone. `before` is what the kept paper was at `taken_at`: its
    columns and numbers, its names and tags (see feeds/before.py and feeds/carrying_tags.py).
    """

    kept = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="joinings")
    absorbed = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="absorptions")
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    taken_at = models.DateTimeField(null=True, blank=True)
    absorbed_key = models.CharField(max_length=40, blank=True)
    before = models.JSONField(default=dict, blank=True)
    names = ArrayField(models.BigIntegerField(), default=list, blank=True)
    tags = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="absorbed_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="joining_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} read as {self.kept_id}"


class JoinedVote(models.Model):
    """A vote that came over with a joining, and goes back when that is undone."""

    joining = models.ForeignKey(Joining, on_delete=models.CASCADE, related_name="joined_votes")
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="joined")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["joining", "vote"], name="vote_joined_once")]

    def __str__(self) -> str:
        return f"{self.vote_id} by joining {self.joining_id}"


class ListingBefore(models.Model):
    """A place that the kept paper had of its own when another was joined to it."""

    joining = models.ForeignKey(Joining, on_delete=models.CASCADE, related_name="listings_before")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    position = models.PositiveIntegerField()
    votes = models.PositiveIntegerField(null=True, blank=True)
    comments = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.position + 1} of {self.source_id}, {self.date}"


class Parting(models.Model):
    """A curator's word that some digests spoke of another work: it left `paper` as `other`."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="partings")
    other = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.other_id} parted from {self.paper_id}"


class Ruling(models.Model):
    """Which paper a digest means by a title, whatever the names in it say.

    `title` is the digest of the normalised title, as in `Identifier`: an entry's title stays
    when a better parser finds more entries before it, its position does not.
    """

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="rulings")
    title = models.CharField(max_length=32)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="rulings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "title"], name="ruling_once")]

    def __str__(self) -> str:
        return f"digest {self.digest_id} means {self.paper_id}"
