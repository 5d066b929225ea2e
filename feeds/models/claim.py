from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from feeds.models.paper import Paper


class ClaimQuerySet(models.QuerySet["Claim"]):
    def accepted(self) -> Self:
        """Those that are shown: of people whose account is open."""
        return self.filter(state=Claim.State.ACCEPTED, user__is_active=True)

    def waiting(self) -> Self:
        """Those in the curators' queue."""
        return self.filter(state=Claim.State.WAITING)


class Claim(models.Model):
    """A reader's word that they are an author of a paper.

    `author` is the name on the paper that is theirs, `author_key` the same as names are compared.
    It stays with the paper for which it was made, also while that is read as another one. `why`
    is what the curators may go by, `said` their reason where they declined it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits for the curators")
        ACCEPTED = "accepted", gettext_lazy("accepted")
        DECLINED = "declined", gettext_lazy("declined")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    STANDING = (State.WAITING, State.ACCEPTED)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="claims")
    author = models.CharField(max_length=500)
    author_key = models.CharField(max_length=500)
    why = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    said = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "paper"],
                condition=Q(state__in=["waiting", "accepted"]),
                name="claim_standing_once",
            )
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="claim_by_person"),
            models.Index(fields=["state", "id"], name="claim_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.author}, claimed by {self.user_id}"
