"""What is due: one mail a period, in every zone, through clocks that change."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.schedule import due_period, latest_due, moment, next_due

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
FIRST = date(2026, 1, 1)
TWO_YEARS = [FIRST + number * DAY for number in range(731)]
ZONES = sorted(available_timezones())
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    cadence: str = "daily"
    hour: int = 8
    timezone: str = "UTC"
    confirmed_at: datetime | None = LONG_AGO
    ended_at: datetime | None = None
    paused_until: date | None = None


zones = st.sampled_from(ZONES)
hours = st.integers(0, 23)
moments = st.integers(0, 731 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
)


def local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize("hour", [0, 2, 23])
def test_every_zone_has_one_moment_for_each_of_its_days(hour: int) -> None:
    for zone in ZONES:
        times = [moment(day, hour, zone) for day in TWO_YEARS]
        assert [at and local_day(at, zone) for at in times] == TWO_YEARS, zone
        assert times == sorted(set(times)), zone


@given(zones, hours, moments)
def test_a_daily_mail_is_due_from_its_moment_to_the_next(zone, hour, now) -> None:
    asked = Asked(timezone=zone, hour=hour)
    due = latest_due(asked, now)
    following = next_due(asked, now)
    assert due.at <= now < following
    assert due_period(asked, due.at) == due_period(asked, following - MINUTE / 60) == due.period
    assert due_period(asked, following) == due.period + DAY


@given(zones, hours, moments, st.integers(0, 60 * 24 * 40))
def test_what_is_due_never_goes_back(zone, hour, now, minutes) -> None:
    for cadence in ("daily", "weekdays", "weekly", "monthly"):
        asked = Asked(cadence, hour, zone)
        before, after = due_period(asked, now), due_period(asked, now + minutes * MINUTE)
        assert before
        assert after
        assert before <= after


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe"])
def test_asking_every_five_minutes_for_weeks_around_a_change_makes_one_a_day(zone: str) -> None:
    for start in (datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 10, 22, tzinfo=UTC)):
        asked = Asked(hour=2, timezone=zone)
        found = [due_period(asked, start + number * 5 * MINUTE) for number in range(288 * 35)]
        periods = list(dict.fromkeys(found))
        assert periods == [periods[0] + number * DAY for number in range(len(periods))]
        assert len(periods) >= 35


def test_an_hour_that_does_not_exist_is_the_next_one() -> None:
    assert moment(date(2026, 3, 29), 2, "Europe/Berlin") == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_hour_that_exists_twice_counts_once() -> None:
    asked = Asked(hour=2, timezone="Europe/Berlin")
    first, second = (datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1))
    assert moment(date(2026, 10, 25), 2, "Europe/Berlin") == first
    assert due_period(asked, first) == due_period(asked, second) == date(2026, 10, 25)


def test_the_last_hour_of_a_day_that_is_skipped_is_the_one_before() -> None:
    zone = "America/Nuuk"
    at = moment(date(2026, 3, 28), 23, zone)
    assert at
    assert at.astimezone(ZoneInfo(zone)).isoformat() == "2026-03-28T22:00:00-02:00"


def test_a_day_that_a_zone_skipped_has_no_mail() -> None:
    assert moment(date(2011, 12, 30), 8, "Pacific/Apia") is None
    asked = Asked(timezone="Pacific/Apia", confirmed_at=datetime(2000, 1, 1, tzinfo=UTC))
    eve = datetime(2011, 12, 30, 9, tzinfo=UTC)
    assert [due_period(asked, eve + hours * timedelta(hours=1)) for hours in (0, 12)] == [
        date(2011, 12, 29),
        date(2011, 12, 31),
    ]


@pytest.mark.parametrize(
    ("cadence", "period"),
    [
        ("daily", date(2026, 11, 29)),
        ("weekdays", date(2026, 11, 27)),
        ("weekly", date(2026, 11, 23)),
        ("monthly", date(2026, 11, 1)),
    ],
)
def test_after_five_days_without_a_server_the_latest_period_is_due(cadence, period) -> None:
    assert due_period(Asked(cadence), datetime(2026, 11, 29, 12, tzinfo=UTC)) == period


def test_nothing_is_due_that_was_due_before_the_order_was_confirmed() -> None:
    asked = Asked(confirmed_at=datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert due_period(asked, datetime(2026, 11, 26, 7, 59, tzinfo=UTC)) is None
    assert due_period(asked, datetime(2026, 11, 26, 8, tzinfo=UTC)) == date(2026, 11, 26)


def test_nothing_is_due_of_an_order_that_is_not_confirmed_or_has_ended() -> None:
    now = datetime(2026, 11, 25, 14, tzinfo=UTC)
    assert due_period(Asked(confirmed_at=None), now) is None
    assert due_period(Asked(ended_at=now), now) is None


def test_a_pause_ends_on_its_day() -> None:
    asked = Asked(paused_until=date(2026, 12, 1), timezone="Asia/Tokyo")
    before, after = (datetime(2026, 11, 30, hour, tzinfo=UTC) for hour in (22, 23))
    assert due_period(asked, before) is None
    assert due_period(asked, after) == date(2026, 12, 1)
    assert next_due(asked, datetime(2026, 11, 1, tzinfo=UTC)) == after


def test_a_zone_that_is_no_longer_known_counts_as_utc() -> None:
    now = datetime(2026, 11, 25, 14, tzinfo=UTC)
    asked = Asked(timezone="Atlantis/Capital")
    assert due_period(asked, now) == due_period(replace(asked, timezone="UTC"), now)
