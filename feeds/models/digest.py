from django.db import models

from feeds.models.paper import Paper
from feeds.models.raw import KeptContent, RawDocument
from feeds.models.source import Source


class Digest(models.Model):
    """One fetched document: its raw bytes, its day, and what came of reading it.

    `rejected` counts the entries that were put aside. `ingested_at` stays empty until every
    paper of the digest is in.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="digests")
    date = models.DateField()
    name = models.CharField(max_length=255, blank=True)
    parser = models.CharField(max_length=50)
    byline = models.CharField(max_length=100, blank=True)
    document = models.ForeignKey(RawDocument, on_delete=models.PROTECT, related_name="digests")
    rejected = models.PositiveIntegerField(default=0, db_default=0)
    fetched_at = models.DateTimeField(auto_now_add=True)
    ingested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "date", "document"], name="digest_once_per_source_and_day"
            )
        ]
        indexes = [models.Index(fields=["-date", "-id"], name="digest_by_date")]

    def __str__(self) -> str:
        return f"{self.source}, {self.date}"

    def content(self) -> KeptContent:
        """The document as it came in."""
        return self.document.content()


class PutAside(models.Model):
    """An entry of a digest that could not be used: where it stands, and why.

    `number` counts the digest's entries from 0, those that could be used too.
    """

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="put_aside")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "number"], name="put_aside_once")]

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


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
