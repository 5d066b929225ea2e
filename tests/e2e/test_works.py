"""A curator joins two papers and parts them again; every page of it is for everyone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looking import faults
from tests.e2e.test_desk import desk
from tests.factories import DAY, entry, put_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Lanterns: Guiding Small Models Through Long Documents"


@pytest.fixture
def papers(transactional_db: None) -> None:
    put_in(entry(TITLE, id=None, authors=[], upvotes=31), source="page")
    put_in(entry("Lanterns for small models", id="2604.00007", authors=["Ada One"]), source="arxiv")


def test_two_papers_are_looked_at_joined_and_parted_again(papers: None, desk: Page) -> None:
    desk.goto("/papers/2604.00007")
    desk.get_by_text("Curate", exact=True).click()
    assert not faults(desk, "curate")
    desk.get_by_text("What was joined and parted").wait_for()
    desk.goto(f"/date/{DAY}")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_text("Curate", exact=True).click()
    desk.get_by_label("This is the same work as").fill("arXiv:2604.00007")
    desk.get_by_role("button", name="Look at both").click()
    expect(desk.get_by_role("heading", name="The same work?")).to_be_visible()
    assert not faults(desk, "desk-join")
    desk.get_by_label("Why, for other curators").fill("The same text, word for word.")
    desk.get_by_role("button", name="They are one work").click()
    expect(desk.get_by_text("They are one work now.")).to_be_visible()
    desk.goto("/desk/joins")
    desk.get_by_role("button", name="Undo the joining").click()
    expect(desk.get_by_text("They are two papers again.")).to_be_visible()


def test_digests_are_parted_from_a_paper(papers: None, desk: Page) -> None:
    put_in(entry(TITLE, id="2604.00009", authors=["Ben Two"]), source="arxiv", day=DAY)
    desk.goto("/papers/2604.00009")
    desk.get_by_text("Curate", exact=True).click()
    desk.get_by_role("link", name="These are different works").click()
    desk.get_by_label("in Arxiv").check()
    assert not faults(desk, "desk-part")
    desk.get_by_role("button", name="Part them").click()
    expect(desk.get_by_text("They are two papers now.")).to_be_visible()
    assert desk.url.endswith("/papers/2604.00009")
