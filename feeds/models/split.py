from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from feeds.models.tag import Tag


class TagSplit(models.Model):
    """A curator's word that one tag is several: papers whose text says so carry a part instead.

    `rest` is the part to which the tag's name leads; None where the tag stays with the papers
    that are no part's. `names` are the slugs under which taggers find it: its own and those that
    had been merged into it. `by_hand` are the papers that the curator gave to a part, each with
    how it stood to the tag before. Papers up to the id `moved` have been looked at; `ended_at`
    says that all have.
    """

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="splits")
    rest = models.ForeignKey(
        Tag, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    names = ArrayField(models.CharField(max_length=80), default=list)
    by_hand = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    moved = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag"], condition=Q(undone_at__isnull=True), name="split_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"split of {self.tag}"


class SplitPart(models.Model):
    """One of the tags that a tag was split into, and the phrases by which its papers are told."""

    split = models.ForeignKey(TagSplit, on_delete=models.CASCADE, related_name="parts")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="part_of")
    phrases = ArrayField(models.CharField(max_length=100))
    made = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["split", "tag"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.tag} of {self.split_id}"
