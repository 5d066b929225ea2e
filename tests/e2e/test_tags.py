"""A curator tags a paper and keeps the tags, without scripts; every page of it is for everyone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looking import faults
from tests.e2e.test_desk import desk
from tests.factories import entry, put_in, put_in_many

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "A generative model, a diffusion model, a diffusion transformer, with quantization."


@pytest.fixture
def papers(transactional_db: None) -> None:
    put_in(entry("Lanterns for small models", id="2604.00007", summary=TEXT))
    put_in_many(3, summary=TEXT)


def test_a_paper_is_tagged_and_the_word_taken_back(papers: None, desk: Page) -> None:
    desk.goto("/papers/2604.00007")
    desk.get_by_text("Curate", exact=True).click()
    desk.get_by_role("button", name="Not quantization").click()
    expect(desk.get_by_text("It is not “quantization” from now on")).to_be_visible()
    desk.get_by_label("Give it a tag").fill("Worth a Tuesday")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("It is tagged “Worth a Tuesday” now.")).to_be_visible()
    assert not faults(desk, "curate-tags")
    desk.get_by_role("button", name="Undo: quantization").click()
    expect(desk.get_by_role("button", name="Not quantization")).to_be_visible()
    desk.get_by_label("Give it a tag").fill("…")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("needs a letter from a to z")).to_be_visible()
    assert not faults(desk, "curate-tags-wrong")


def test_tags_are_found_changed_and_merged(papers: None, desk: Page) -> None:
    desk.goto("/desk/tags")
    desk.get_by_label("Find").fill("quant")
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name="quantization").click()
    desk.get_by_label("What it is about").fill("Fewer bits.")
    desk.get_by_role("button", name="Change it").click()
    expect(desk.get_by_text("The tag is changed.")).to_be_visible()
    desk.get_by_label("The other tag").fill("diffusion")
    desk.get_by_role("button", name="Look at it").click()
    expect(desk.get_by_text("4 carry both")).to_be_visible()
    assert not faults(desk, "desk-tag")
    desk.get_by_role("button", name="Merge them").click()
    expect(desk.get_by_text("quantization is merged")).to_be_visible()
    desk.get_by_role("link", name="quantization", exact=True).click()
    assert not faults(desk, "desk-tag-merged")


def test_a_tags_page_shows_what_stands_around_it(papers: None, desk: Page) -> None:
    desk.goto("/t/diffusion")
    expect(desk.get_by_role("heading", name="Often beside it")).to_be_visible()
    expect(desk.get_by_text("4 papers in the week to 24 April 2026")).to_be_visible()
