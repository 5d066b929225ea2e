from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from feeds import fetching
from feeds.asking import Asking
from feeds.http import Limits
from feeds.models import Source
from feeds.taking import Outcome

NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
LIMITS = Limits(attempts=1, silence=0.3, deadline=1.0, largest=1_000_000)

Run = Callable[..., Outcome]


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def ask(slept: list[float]) -> Asking:
    """Asks as the workers do, but a pause is over as soon as it is waited for."""

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        cache.clear()

    return Asking(LIMITS, sleep)


@pytest.fixture
def makes(db) -> Callable[..., Source]:
    def making(plugin: str, slug: str = "daily", **settings: Any) -> Source:
        return Source.objects.create(slug=slug, name=slug, plugin=plugin, settings=settings)

    return making


@pytest.fixture
def runs(ask: Asking) -> Run:
    """Runs a source in any case, as a person who asks for it does, and reads its row again."""

    def running(source: Source, now: datetime = NOW, **given: Any) -> Outcome:
        outcome = fetching.run(source.pk, now, ask=ask, **({"asked": True} | given))
        source.refresh_from_db()
        assert outcome is not None
        return outcome

    return running


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
