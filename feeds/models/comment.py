from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from feeds.models.paper import Paper


class PenName(models.Model):
    """Under which name a reader comments; no two go by the same.

    `slug` is what addresses and mentions call them, `about` what their page says of them.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    name = models.CharField(max_length=60)
    slug = models.CharField(max_length=60, unique=True)
    about = models.CharField(max_length=300, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """What a reader said of a paper, or in answer to another comment.

    It stays with the paper on which it was said, also while that is read as another one.
    `thread` is the comment at the top, None at the top itself. `html` is prepared from `text`
    when that is written (see feeds/comment_words.py); of a deleted comment both are gone.
    `reason` says why it is held or removed.
    """

    class State(models.TextChoices):
        SHOWN = "shown", gettext_lazy("shown")
        HELD = "held", gettext_lazy("held")
        REMOVED = "removed", gettext_lazy("removed")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="comment_set")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    thread = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["paper", "id"], condition=Q(thread__isnull=True), name="threads_of_paper"
            ),
            models.Index(fields=["user", "-id"], name="comments_of_reader"),
            models.Index(fields=["id"], condition=Q(state="held"), name="comments_held"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(text="", html=""),
                name="deleted_words_are_gone",
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.paper_id}"


class Report(models.Model):
    """A reader's word to the moderators that a comment should be looked at, once a reader."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    why = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["comment"], condition=Q(settled_at__isnull=True), name="reports_open"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="report_once_per_reader")
        ]

    def __str__(self) -> str:
        return f"report of {self.comment_id}"


class ModerationAct(models.Model):
    """What was done with a comment, why and by which role: the public log.

    Who of the moderators it was is kept, and shown to nobody but them.
    """

    class Kind(models.TextChoices):
        HOLD = "hold", gettext_lazy("held")
        REMOVE = "remove", gettext_lazy("removed")
        RESTORE = "restore", gettext_lazy("restored")
        LEAVE = "leave", gettext_lazy("left as it is")

    class Role(models.TextChoices):
        MODERATOR = "moderator", gettext_lazy("a moderator")
        RULE = "rule", gettext_lazy("a rule of this site")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=8, choices=Kind)
    role = models.CharField(max_length=10, choices=Role)
    why = models.CharField(max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.comment_id} {self.get_kind_display()}"


class Mute(models.Model):
    """A reader does not want to see what another says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "muted"], name="mute_once"),
            models.CheckConstraint(condition=~Q(user=F("muted")), name="mute_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} does not see {self.muted_id}"
