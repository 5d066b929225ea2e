from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from feeds.models.paper import Paper


class Voiding(models.Model):
    """A curator's word that some votes do not count, and perhaps the word that they do again."""

    why = models.CharField(max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    restored_why = models.CharField(max_length=300, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    restored_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.why


class VoteQuerySet(models.QuerySet["Vote"]):
    def standing(self) -> Self:
        """Those that no curator voided: the reader sees them as given."""
        return self.filter(voiding__isnull=True)

    def counted(self) -> Self:
        return self.standing().filter(held_until__isnull=True)


class Vote(models.Model):
    """One reader's vote for one paper.

    It does not count while it is held (`held_until` is set, see feeds/voting.py), nor when a
    curator voided it; then it stays, so that it cannot be given a second time.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="vote_set")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    held_until = models.DateTimeField(null=True, blank=True)
    voiding = models.ForeignKey(
        Voiding, on_delete=models.PROTECT, null=True, blank=True, related_name="votes"
    )

    objects = VoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="vote_by_time"),
            models.Index(
                fields=["held_until"], condition=Q(held_until__isnull=False), name="vote_held"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "paper"], name="vote_once_per_reader")
        ]

    def __str__(self) -> str:
        return f"vote of {self.user_id} for {self.paper_id}"


class VoteReport(models.Model):
    """That digests reported more votes for a paper than any of an earlier hour did: how many, when.

    `at` is a whole hour in UTC; of what came in within it the last stands (see feeds/reported.py).
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="vote_reports")
    at = models.DateTimeField()
    votes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "at"], name="vote_report_once_an_hour")
        ]

    def __str__(self) -> str:
        return f"{self.votes} votes reported for {self.paper_id}"
