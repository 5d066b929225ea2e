from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from feeds.models.digest import Digest

# A reading of which nothing was heard for this long was left by a process that died.
SILENCE = timedelta(minutes=3)


class RunQuerySet(models.QuerySet["Run"]):
    def unended(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def free(self, now: datetime) -> Self:
        """Those that no process is at: not begun yet, or left in the middle."""
        left = Q(told_at__isnull=True) | Q(told_at__lte=now - SILENCE)
        return self.unended().filter(left)


class Run(models.Model):
    """One reading of a digest: asked for, begun, told of after each batch, and ended.

    `parser` is the one that was asked for, "" where the content decides. `total` is the number
    of entries as far as it is known before they are read. `told_at` is when its process last
    said so, `attempts` how often one began it. `error` is a sentence, "" where all went well.
    """

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="runs")
    parser = models.CharField(max_length=50, blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    new = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    papers = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=2000, blank=True, default="")

    objects = RunQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["digest", "-id"], name="run_of_digest"),
            models.Index(
                fields=["told_at"], name="run_unended", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk} of {self.digest_id}"
