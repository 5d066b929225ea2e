"""The Redis server that holds the messages, asked by whoever must not wait for it."""

import redis
from django.conf import settings

PATIENCE = 2.0  # seconds for each step


def broker() -> "redis.Redis":
    """A client of its own, for a `with`. It raises redis.RedisError rather than wait."""
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
    )
