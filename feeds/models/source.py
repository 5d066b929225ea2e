from datetime import datetime, timedelta
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import JSONField, Q, Value

# A claim that was neither given back nor renewed for this long was left by a process that died.
STALE = timedelta(minutes=15)
LONGEST_EVERY = 31 * 24 * 60  # minutes between runs


class SourceQuerySet(models.QuerySet["Source"]):
    def free(self, now: datetime) -> Self:
        """Those that bring digests themselves, and that no worker is running."""
        unclaimed = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - STALE)
        return self.exclude(plugin="").filter(unclaimed)

    def due(self, now: datetime) -> Self:
        """Those whose time has come, unless they are switched off or have stopped."""
        come = Q(next_run_at__isnull=True) | Q(next_run_at__lte=now)
        return self.free(now).filter(come, enabled=True, stopped_at__isnull=True)


class Source(models.Model):
    """Where digests come from: by hand, or fetched by a plugin on its schedule.

    `plugin` is a name of feeds/sources, "" where people put the digests in; `settings` are what
    its form takes. `state` is what it remembers between runs and belongs to the plugin alone.
    `failures` counts those in a row. `claimed_at` is when a worker that is running it last said
    so. The columns have defaults in the database, so that the version before can still write.
    """

    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    plugin = models.CharField(max_length=50, blank=True, default="", db_default="")
    settings = JSONField[dict[str, Any], dict[str, Any]](
        blank=True, default=dict, db_default=Value({}, JSONField())
    )
    every = models.PositiveIntegerField(
        "minutes between runs",
        default=60,
        db_default=60,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_EVERY)],
    )
    enabled = models.BooleanField(default=True, db_default=True)

    last_success_at = models.DateTimeField(null=True, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True, default="", db_default="")
    failures = models.PositiveIntegerField(default=0, db_default=0)
    next_run_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    state = JSONField[dict[str, Any], dict[str, Any]](
        blank=True, default=dict, db_default=Value({}, JSONField())
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = SourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
