"""A day's papers, from the first byte to the page."""

from datetime import date

import pytest
from django.test import Client

from drills.parts.day import put_in_and_shown
from drills.parts.together import Day
from tests.factories import digest, entry

pytestmark = pytest.mark.django_db


def test_a_day_is_on_its_page_as_soon_as_it_is_in(client: Client) -> None:
    papers = [entry() for _ in range(50)]
    ids = tuple(one["paper"]["id"] for one in papers)
    seconds, there = put_in_and_shown(Day(date(2026, 4, 24), digest(*papers), ids), client)
    assert there
    assert seconds > 0


def test_a_paper_that_is_not_on_the_page_is_missed(client: Client) -> None:
    papers = [entry() for _ in range(49)]
    ids = (*(one["paper"]["id"] for one in papers), "2604.99999")
    assert not put_in_and_shown(Day(date(2026, 4, 24), digest(*papers), ids), client)[1]
