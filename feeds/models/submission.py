from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from feeds.models.digest import Digest
from feeds.models.paper import Paper
from feeds.models.raw import RawDocument


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> Self:
        """Those of which nobody has the last word yet."""
        return self.filter(state__in=Submission.OPEN)

    def waiting(self) -> Self:
        """Those in the curators' queue."""
        return self.filter(state=Submission.State.WAITING)


class Submission(models.Model):
    """A paper that a reader gave to the curators.

    `given` is what they typed, `name` what it means ("arxiv:2404.01234", "doi:10.…", or "page:"
    and an address until its id is known). `document` is what was fetched, as it came; title,
    authors, abstract and ids are what it says. `said` is the sentence that goes with a failure
    or a refusal. With `at_once` it goes to the curators as soon as it is fetched. `asked_at` is
    when a worker last began to fetch it.
    """

    class State(models.TextChoices):
        FETCHING = "fetching", gettext_lazy("being fetched")
        FAILED = "failed", gettext_lazy("could not be fetched")
        READY = "ready", gettext_lazy("waits for your word")
        WAITING = "waiting", gettext_lazy("waits for the curators")
        ACCEPTED = "accepted", gettext_lazy("accepted")
        DECLINED = "declined", gettext_lazy("declined")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    OPEN = (State.FETCHING, State.READY, State.WAITING)

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField()
    given = models.CharField(max_length=1000)
    name = models.CharField(max_length=1000)
    why = models.CharField(max_length=500, blank=True)
    at_once = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.FETCHING)
    said = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(
        RawDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    title = models.TextField(blank=True)
    authors = ArrayField(models.TextField(), default=list, blank=True)
    abstract = models.TextField(blank=True)
    arxiv_id = models.CharField(max_length=20, blank=True)
    doi = models.CharField(max_length=255, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        Digest, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    paper = models.ForeignKey(
        Paper, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "name"],
                condition=Q(state__in=["fetching", "ready", "waiting"]),
                name="submission_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["made_by", "-id"], name="submission_by_person"),
            models.Index(fields=["state", "id"], name="submission_by_state"),
        ]

    def __str__(self) -> str:
        return self.title or self.given
