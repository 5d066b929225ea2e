from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.delivery import Delivery


class Feedback(models.Model):
    """What came back of a mail: it failed, it was reported, or it led to the end of an order.

    `how` says on which way it was heard. `name` is that of the message or call which told it, so
    that one that comes twice counts once.
    """

    class Kind(models.TextChoices):
        HARD = "hard", _("failed for good")
        SOFT = "soft", _("failed")
        BLOCKED = "blocked", _("refused for what or where it came from")
        COMPLAINT = "complaint", _("reported as unwanted")
        ENDED = "ended", _("ended")

    class How(models.TextChoices):
        SMTP = "smtp", _("said by the mail server")
        RETURNED = "returned", _("by a mail that came back")
        WEBHOOK = "webhook", _("told by the mail service")
        READER = "reader", _("by its reader")

    email = models.EmailField()
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, null=True, blank=True, related_name="feedback"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    how = models.CharField(max_length=10, choices=How)
    status = models.CharField(max_length=12, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=100, unique=True, null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["email", "at"], name="feedback_by_email")]

    def __str__(self) -> str:
        return f"{self.kind} of delivery {self.delivery_id}"


class ReturnBox(models.Model):
    """How far the mailbox that failed mail comes back to was read."""

    of = models.CharField(max_length=500, unique=True)
    validity = models.BigIntegerField(default=0)
    uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"mailbox {self.pk}"
