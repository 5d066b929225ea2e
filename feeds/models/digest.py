from django.db import models

from feeds.models.paper import Paper
from feeds.models.source import Source
from feeds.packing import unpack


class Digest(models.Model):
    """One fetched document: its raw bytes, its day, and what came of reading it.

    `problems` is a list of {"place", "reason"}: the entries that were put aside.
    `ingested_at` stays empty until every paper of the digest is in.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="digests")
    date = models.DateField()
    name = models.CharField(max_length=255, blank=True)
    parser = models.CharField(max_length=50)
    byline = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    raw = models.BinaryField()
    problems = models.JSONField(default=list, blank=True)
    fetched_at = models.DateTimeField(auto_now_add=True)
    ingested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "date", "sha256"], name="digest_once_per_source_and_day"
            )
        ]
        indexes = [models.Index(fields=["-date", "-id"], name="digest_by_date")]

    def __str__(self) -> str:
        return f"{self.source}, {self.date}"

    def content(self) -> bytes:
        """The document as it came in."""
        return unpack(bytes(self.raw))


class Listing(models.Model):
    """A paper's place in one source's edition of one day."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="listings")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="listings")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="listings")
    date = models.DateField()
    position = models.PositiveIntegerField()
    votes = models.PositiveIntegerField(null=True, blank=True)
    comments = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "date", "paper"], name="listing_once_per_source_and_day"
            )
        ]
        indexes = [models.Index(fields=["date", "paper"], name="listing_by_date")]

    def __str__(self) -> str:
        return f"{self.position + 1} of {self.source}, {self.date}"
