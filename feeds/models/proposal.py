from django.conf import settings
from django.db import models

from feeds.models.raw import RawDocument


class Proposal(models.Model):
    """A document that a curator gave and has not put in yet, with what was chosen for it.

    `source_name` is that of a source, known or new; without `day` the document decides, without
    `parser` its content. `entries`, `rejected` and `problems` (pairs of place and reason, the
    first of them) are what was counted so far; `counted_at` stays empty until it was counted
    to its end, and `told_at` is when the counting last said so.
    """

    document = models.ForeignKey(RawDocument, on_delete=models.PROTECT, related_name="proposals")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=255, blank=True)
    source_name = models.CharField(max_length=100)
    day = models.DateField(null=True, blank=True)
    parser = models.CharField(max_length=50, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    entries = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["made_by", "-id"], name="proposal_by_curator")]

    def __str__(self) -> str:
        return self.name or f"proposal {self.pk}"
