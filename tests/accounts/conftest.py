from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Subscription

# A Friday; the digest of that day is in (see tests/factories.py).
NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)


@pytest.fixture
def reads() -> Callable[..., Subscription]:
    """Makes a confirmed order of an address: everything, every day at 8:00 UTC."""

    def reading(email: str = "reader@example.org", **fields: Any) -> Subscription:
        given = {"cadence": "daily", "confirmed_at": NOON - timedelta(days=100)} | fields
        return Subscription.objects.create(email=email, **given)

    return reading
