from django.conf import settings
from django.db import models


class ChannelState(models.Model):
    """Whether a channel runs: `failures` in a row pause it.

    `try_at` is when one delivery is sent to see whether it goes again; None while only a person
    may resume it. `probed_at` is when somebody took that one.
    """

    name = models.CharField(max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    pauses = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True)
    probed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
