"""Days and moments as digests write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.dates import day, moment

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Apr 24", date(2026, 4, 24)),
        ("April 24th", date(2026, 4, 24)),
        ("24 April", date(2026, 4, 24)),
        ("Nov 25", date(2026, 11, 25)),
        ("Nov 26", date(2025, 11, 26)),
        ("Dec 31", date(2025, 12, 31)),
        ("Feb 29", date(2024, 2, 29)),
        ("Oct 7, 2024", date(2024, 10, 7)),
        ("Friday, 24 April 2026", date(2026, 4, 24)),
        ("2026-04-24", date(2026, 4, 24)),
        ("Sept 5", date(2026, 9, 5)),
        ("Feb 30", None),
        ("April", None),
        ("24", None),
        ("May be 3", None),
        ("", None),
    ],
)
def test_a_day_without_a_year_is_the_latest_that_is_not_ahead(
    written: str, meant: date | None
) -> None:
    assert day(written, TODAY) == meant


@given(st.dates(date(1990, 1, 1), date(2098, 12, 31)), st.dates(date(1990, 1, 1)))
def test_a_day_is_read_back(given_day: date, today: date) -> None:
    assert day(given_day.isoformat(), today) == given_day
    assert day(f"{given_day:%b} {given_day.day}, {given_day.year}", today) == given_day
    latest = day(f"{given_day:%B} {given_day.day}", today)
    assert latest
    assert (latest.month, latest.day) == (given_day.month, given_day.day)
    assert timedelta(0) <= today - latest < timedelta(days=366 * 8 + 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-04-24T10:00:00.000Z", datetime(2026, 4, 24, 10, tzinfo=UTC)),
        ("2026-04-24T10:00:00+02:00", datetime(2026, 4, 24, 8, tzinfo=UTC)),
        ("2026-04-24T10:00:00", datetime(2026, 4, 24, 10, tzinfo=UTC)),
        ("2026-04-24", datetime(2026, 4, 24, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("9" * 1_000, None),
    ],
)
def test_a_moment_is_read_in_utc(written: str, meant: datetime | None) -> None:
    assert moment(written) == meant
