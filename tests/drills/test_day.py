"""A day's papers, from the first byte to the page."""

import json
from datetime import date

import pytest
from django.test import Client

from drills.parts.day import busy_days, put_in_and_shown
from drills.parts.together import Day
from tests.factories import digest, entry

pytestmark = pytest.mark.django_db


def test_a_day_is_on_its_page_as_soon_as_it_is_in(client: Client) -> None:
    papers = [entry() for _ in range(50)]
    ids = tuple(one["paper"]["id"] for one in papers)
    seconds, there = put_in_and_shown(Day(date(2026, 4, 24), digest(*papers), ids), client)
    assert there
    assert seconds > 0


def test_quiet_days_make_busy_ones() -> None:
    papers = [entry() for _ in range(130)]
    quiet = [
        Day(date(2026, 4, 1 + start // 20), digest(*papers[start : start + 20]), ())
        for start in range(0, 120, 20)
    ]
    busy = list(busy_days(quiet, 5))
    assert [(day.date.day, len(set(day.ids))) for day in busy] == [(3, 50), (6, 50)]
    assert [item["paper"]["id"] for item in json.loads(busy[0].content)] == list(busy[0].ids)


def test_a_paper_that_is_not_on_the_page_is_missed(client: Client) -> None:
    papers = [entry() for _ in range(49)]
    ids = (*(one["paper"]["id"] for one in papers), "2604.99999")
    assert not put_in_and_shown(Day(date(2026, 4, 24), digest(*papers), ids), client)[1]
