"""Each minute's ring: exactly what is due, once, however many beats there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import ringing, tasks
from accounts.models import Cadence, Delivery, Subscription
from accounts.schedule import due_period
from tests.accounts.conftest import NOON

zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "No/Where"])
moments = st.integers(0, 60 * 24 * 60).map(
    lambda minutes: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
orders = st.fixed_dictionaries(
    {
        "cadence": st.sampled_from(Cadence.values),
        "hour": st.integers(0, 23),
        "timezone": zones,
        "confirmed_at": st.none() | moments,
        "ended_at": st.none() | st.none() | moments,
        "paused_until": st.none() | st.dates(date(2026, 4, 1), date(2026, 5, 2)),
    }
)


class WhatIsDue(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(orders, max_size=6), moments)
    def test_the_ledger_opens_what_the_schedule_says(self, given: list[Any], now) -> None:
        for number, fields in enumerate(given):
            Subscription.objects.create(email=f"reader{number}@example.org", **fields)
        ringing.open_due(now)
        rows = Delivery.objects.values_list("subscription_id", "period")
        due = {(row.id, due_period(row, now)) for row in Subscription.objects.all()}
        assert set(rows) == {(order, period) for order, period in due if period}


@pytest.fixture
def rung(monkeypatch, django_capture_on_commit_callbacks):
    """Rings at a moment; the batches that workers are told of."""
    told: list[list[int]] = []
    monkeypatch.setattr(tasks.send, "delay", told.append)

    def ringing_at(now: datetime) -> list[list[int]]:
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            ringing.ring(now)
        return list(told)

    return ringing_at


@pytest.mark.django_db
def test_a_period_is_never_opened_again_after_a_change_of_rhythm(reads) -> None:
    order = reads(cadence="daily")
    ringing.open_due(NOON)
    for change in ({"cadence": "weekly"}, {"hour": 11}, {"timezone": "America/Los_Angeles"}):
        Subscription.objects.filter(pk=order.pk).update(**change)
        ringing.open_due(NOON)
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_lost_message_is_made_good_a_minute_later(reads, rung) -> None:
    reads()
    first = rung(NOON)
    assert rung(NOON + timedelta(seconds=20)) == []
    assert rung(NOON + timedelta(seconds=60)) == first != []


@pytest.mark.django_db
def test_what_waits_for_its_next_try_is_not_rung_for(reads, rung) -> None:
    reads()
    rung(NOON)
    Delivery.objects.update(next_try_at=NOON + timedelta(hours=1))
    assert rung(NOON + timedelta(minutes=5)) == []


@pytest.mark.django_db
def test_what_was_sent_is_not_rung_for(reads, rung) -> None:
    reads()
    rung(NOON)
    Delivery.objects.update(state=Delivery.State.SENT)
    assert rung(NOON + timedelta(minutes=30)) == []


@pytest.mark.django_db
def test_batches_hold_a_hundred_and_those_who_ask_the_same_together(reads, rung) -> None:
    for number in range(250):
        reads(f"reader{number}@example.org", query=f"q=w{number % 5}")
    batches = rung(NOON)
    assert [len(batch) for batch in batches] == [100, 100, 50]
    queries = dict(Delivery.objects.values_list("id", "subscription__query"))
    assert [len({queries[one] for one in batch}) for batch in batches] == [2, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_beats_that_ring_at_once_open_one_delivery_and_ring_once(reads, monkeypatch) -> None:
    told: list[list[int]] = []
    monkeypatch.setattr(tasks.send, "delay", told.append)
    for number in range(20):
        reads(f"reader{number}@example.org")

    def beat(_: int) -> None:
        try:
            ringing.ring(NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as beats:
        list(beats.map(beat, range(6)))
    ids = [one for batch in told for one in batch]
    assert len(ids) == len(set(ids)) == Delivery.objects.count() == 20


@pytest.mark.django_db
def test_a_ring_asks_as_often_for_many_orders_as_for_few(
    reads, django_assert_num_queries, monkeypatch
) -> None:
    monkeypatch.setattr(tasks.send, "delay", lambda _: None)
    for many in (2, 60):
        for number in range(many):
            reads(f"reader{many}-{number}@example.org", hour=number % 12)
        with django_assert_num_queries(7):
            ringing.ring(NOON)
