"""When beat rings."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config.beats import Steady
from config.clock import app

MINUTELY, HOURLY = "say-that-beat-rings", "close-editions"


@pytest.fixture
def beat(tmp_path: Path) -> Iterator[Steady]:
    made = Steady(app, schedule_filename=str(tmp_path / "beat"))
    yield made
    made.close()


def is_due(beat: Steady, name: str) -> bool:
    return bool(beat.schedule[name].is_due().is_due)


def test_what_rings_each_minute_rings_at_the_first_start(beat: Steady) -> None:
    assert is_due(beat, MINUTELY)
    assert not is_due(beat, HOURLY)


def test_a_clock_that_is_put_back_silences_nothing(beat: Steady) -> None:
    for entry in beat.schedule.values():
        entry.last_run_at = app.now() + timedelta(hours=2)
    assert not is_due(beat, MINUTELY)
    beat.tick()
    assert is_due(beat, MINUTELY) or beat.schedule[MINUTELY].total_run_count == 1
    assert all(entry.last_run_at <= app.now() for entry in beat.schedule.values())
