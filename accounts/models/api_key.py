from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def valid(self, now: datetime) -> Self:
        """Those that open something at `now`: neither revoked nor expired, of an open account."""
        unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        return self.filter(unexpired, revoked_at__isnull=True, user__is_active=True)


class ApiKey(models.Model):
    """What a program shows to be let in as its person.

    `digest` is the SHA-256 of the secret, which is kept nowhere; `prefix` is its beginning, by
    which a person knows it again. `used_at` is written once an hour at most.
    """

    class Scope(models.TextChoices):
        READ = "read", _("read what you may read")
        WRITE = "write", _("vote, comment, save and submit as you")
        CURATE = "curate", _("do what you may do as a curator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-made_at"], name="api_key_of_person")]

    def __str__(self) -> str:
        return f"{self.prefix}…"
