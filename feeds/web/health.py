"""Is the process alive, and can it answer?"""

from collections.abc import Callable
from functools import cache

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feeds.search.copies import how_far_behind

BROKER_PATIENCE = 2.0  # seconds
SOON = 5.0  # seconds within which a change is in the index


@require_safe
@never_cache
def livez(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 where everything that an answer needs is there, else 503; each part by name."""
    found = {name: check() for name, check in CHECKS.items()}
    ready = all(word == "ok" for word in found.values())
    # Without its index a site answers by date, so nobody is turned away for that.
    told = {"ready": ready, **found, "index": index() if ready else "unknown"}
    return JsonResponse(told, status=200 if ready else 503)


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "no answer"
    return "ok"


def broker() -> str:
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL,
            socket_connect_timeout=BROKER_PATIENCE,
            socket_timeout=BROKER_PATIENCE,
        ) as client:
            client.ping()
    except redis.RedisError:
        return "no answer"
    return "ok"


def migrations() -> str:
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return "unknown: the database gives no answer"
    missing = sorted(f"{app}.{name}" for app, name in _newest_migrations() - applied)
    return f"not applied: {', '.join(missing)}" if missing else "ok"


def index() -> str:
    """How the index of words on this machine stands to the papers."""
    waiting = how_far_behind()
    if waiting is None:
        return "being built"
    count, seconds = waiting
    return f"{count} changes behind, for {seconds:.0f} s" if seconds > SOON else "ok"


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app: they are files, so one look a process is enough."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "broker": broker,
    "migrations": migrations,
}
