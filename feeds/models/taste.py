from django.conf import settings
from django.db import models
from django.db.models import Q


class Taste(models.Model):
    """What was learned of a reader's taste, for their eyes alone.

    `wanted_at` is when they last said something of a paper that is not learned from yet; `packed`
    are the weights and `named` the weightiest of them by name (see feeds/for_you). What was
    said before `since` is forgotten. While it is `off` nothing is learned.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    off = models.BooleanField(default=False)
    since = models.DateTimeField(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True)
    learned_at = models.DateTimeField(null=True, blank=True)
    learned_from = models.JSONField(default=dict, blank=True)
    named = models.JSONField(default=list, blank=True)
    packed = models.BinaryField(default=b"")

    class Meta:
        indexes = [
            models.Index(
                fields=["wanted_at"], condition=Q(wanted_at__isnull=False), name="taste_wanted"
            )
        ]

    def __str__(self) -> str:
        return f"taste of {self.user_id}"
