"""A reader's vote that is held says so; a curator voids a ring and restores it."""

import pytest
from playwright.sync_api import Page, expect

from feeds.models import Paper, PaperStats
from feeds.voting import vote
from tests.e2e.looking import faults
from tests.e2e.test_desk import desk
from tests.factories import entry, put_in
from tests.readers import reader

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ring(transactional_db: None) -> None:
    put_in(entry("Lanterns for small models", upvotes=3))
    for number in range(5):
        vote(Paper.objects.get().id, reader(f"r{number}@example.org", days=0.1).id)


def test_a_ring_is_voided_and_restored(ring: None, desk: Page) -> None:
    desk.goto("/desk/votes")
    assert not faults(desk, "desk-votes")
    desk.get_by_text("The accounts").press("Enter")
    desk.get_by_label("Why, for other curators").fill("One hand, by the times.")
    desk.get_by_label("Why, for other curators").press("Enter")
    expect(desk.get_by_text("5 votes count no more.")).to_be_visible()
    assert PaperStats.objects.get().votes == 0
    assert not faults(desk, "desk-votes-voided")
    desk.get_by_label("Why they count after all").fill("A reading group.")
    desk.get_by_role("button", name="Restore them").click()
    expect(desk.get_by_text("5 votes count again.")).to_be_visible()
    assert PaperStats.objects.get().votes == 5
