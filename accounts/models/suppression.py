from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def fingerprint(address: str) -> str:
    """What stays of an address that was erased: enough to know it again, not to learn it."""
    name = address.strip().lower()
    return salted_hmac("accounts.suppression", name, algorithm="sha256").hexdigest()


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def standing(self) -> Self:
        """Those that nobody lifted."""
        return self.filter(lifted_at__isnull=True)

    def of(self, addresses: Iterable[str]) -> Self:
        """Those of these addresses, erased ones too, the oldest first."""
        prints = [fingerprint(address) for address in addresses]
        return self.filter(fingerprint__in=prints).order_by("id")


class Suppression(models.Model):
    """An address that no mail goes to, until it is lifted; kept afterwards, for the record.

    `email` is empty once its owner had it erased: then the fingerprint alone keeps mail away.
    `lifted_by` is empty where the address's owner lifted it.
    """

    class Cause(models.TextChoices):
        BOUNCE = "bounce", _("mail to it came back for good")
        SOFT = "soft", _("mail to it came back too often")
        COMPLAINT = "complaint", _("its owner reported a mail as unwanted")
        ADMIN = "admin", _("an administrator stopped it")

    email = models.EmailField(blank=True)
    fingerprint = models.CharField(max_length=64)
    cause = models.CharField(max_length=10, choices=Cause)
    detail = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lift_reason = models.CharField(max_length=300, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(lifted_at__isnull=True),
                name="suppression_stands_once",
            ),
        ]
        indexes = [
            models.Index(fields=["fingerprint"], name="suppression_by_print"),
            models.Index(
                fields=["email"], condition=Q(lifted_at__isnull=True), name="suppression_by_email"
            ),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk}"
