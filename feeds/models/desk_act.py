from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from feeds.models.feed import Feed


class DeskAct(models.Model):
    """One thing that a curator did at the desk of a feed's edition, so that it can be undone.

    `date` is the first day of the edition's period.

    `before` and `after` say the same of the same things, as they were and as they became
    (see feeds/acts.py); both are empty for what cannot be undone.
    """

    class Kind(models.TextChoices):
        PLACE = "place", gettext_lazy("placing")
        DROP = "drop", gettext_lazy("dropping")
        CLEAR = "clear", gettext_lazy("taking back")
        PIN = "pin", gettext_lazy("pinning")
        UNPIN = "unpin", gettext_lazy("unpinning")
        MOVE = "move", gettext_lazy("moving")
        NOTE = "note", gettext_lazy("the note")
        TAG = "tag", gettext_lazy("giving a tag")
        UNTAG = "untag", gettext_lazy("taking a tag")
        GIST = "gist", gettext_lazy("the gist")
        PUBLISH = "publish", gettext_lazy("publishing")
        CORRECT = "correct", gettext_lazy("correcting")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="acts")
    period = models.CharField(max_length=5, default="day", db_default="day")
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["feed", "date", "made_by", "-id"], name="act_at_desk")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.made_by_id}, {self.date}"
