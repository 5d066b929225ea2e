"""Readers of tests, with names under which they comment."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from feeds.pen_names import take_name

NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def somebody(name: str = "", **fields: Any) -> int:
    """A reader who has been here for long; `name=None` has none yet."""
    number = next(_numbers)
    given = {"date_joined": NOW - timedelta(days=400)} | fields
    user = get_user_model().objects.create_user(f"person{number}@example.org", **given)
    if name is not None:
        take_name(user.pk, name or f"Reader No{number}")
    return user.pk
