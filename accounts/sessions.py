"""Sessions in the database, with Redis before it: while that is away they are read without it."""

import logging
from collections.abc import Callable
from typing import Any

import redis
from django.contrib.sessions.backends import cached_db
from django.contrib.sessions.models import Session

logger = logging.getLogger(__name__)


class SessionStore(cached_db.SessionStore):
    """Django's own store, which fails to read a session where it can be read but not cached."""

    _get_session_from_db: Callable[[], Session | None]

    def load(self) -> dict[str, Any]:
        try:
            return super().load()
        except redis.RedisError as error:
            logger.warning("a session is read without Redis: %s", type(error).__name__)
            row = self._get_session_from_db()
            return self.decode(row.session_data) if row else {}
