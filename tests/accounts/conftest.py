from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Subscription
from tests.accounts.smtp import Sink

# A Friday; the digest of that day is in (see tests/factories.py).
NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server, and the site told to use it."""
    server = Sink()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield server
    server.hold.clear()
    server.stop()


@pytest.fixture
def reads() -> Callable[..., Subscription]:
    """Makes a confirmed order of an address: everything, every day at 8:00 UTC."""

    def reading(email: str = "reader@example.org", **fields: Any) -> Subscription:
        given = {"cadence": "daily", "confirmed_at": NOON - timedelta(days=100)} | fields
        return Subscription.objects.create(email=email, **given)

    return reading
