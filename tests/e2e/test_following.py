"""A reader follows and hides, and a curator splits, without scripts; every page is for everyone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looking import faults
from tests.e2e.test_desk import desk
from tests.factories import entry, put_in, put_in_many

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def papers(transactional_db: None) -> None:
    put_in(
        entry("Lanterns for small models", id="2604.00007", summary="A diffusion model of images."),
        entry("Few bits", id="2604.00008", summary="Quantization."),
        entry("A diffusion model of words", id="2604.00009", summary="It says tokens."),
    )
    put_in_many(3)


def test_a_tag_is_followed_hidden_and_shown_again(papers: None, desk: Page) -> None:
    desk.goto("/following")
    expect(desk.get_by_text("You follow nothing yet.")).to_be_visible()
    assert not faults(desk, "following-empty")
    desk.goto("/t/diffusion")
    desk.get_by_role("button", name="follow diffusion models").click()
    expect(desk.get_by_text("You follow diffusion models.")).to_be_visible()
    assert not faults(desk, "tag-followed")
    desk.get_by_role("link", name="Following").click()
    expect(desk.get_by_role("link", name="Lanterns for small models").first).to_be_visible()
    desk.get_by_text("1 followed").click()
    desk.get_by_role("button", name="Unfollow diffusion models").click()
    expect(desk.get_by_text("You no longer follow diffusion models.")).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("button", name="Unfollow diffusion models")).to_be_visible()
    desk.goto("/t/quantization")
    desk.get_by_role("button", name="hide quantization").click()
    expect(desk.get_by_text("Your other lists leave its papers out.")).to_be_visible()
    assert not faults(desk, "tag-hidden")
    desk.goto("/")
    expect(desk.get_by_role("link", name="Few bits")).to_have_count(0)
    desk.goto("/following")
    desk.get_by_text("1 followed, 1 hidden").click()
    assert not faults(desk, "following")
    desk.get_by_role("button", name="Show again quantization").click()
    desk.goto("/")
    expect(desk.get_by_role("link", name="Few bits")).to_be_visible()


def test_a_tag_is_split_and_made_one_again(papers: None, desk: Page) -> None:
    desk.goto("/desk/tags/diffusion")
    desk.get_by_role("link", name="Name the parts").click()
    desk.get_by_label("Its name").nth(0).fill("Image diffusion")
    desk.get_by_label("Phrases").nth(0).fill("images")
    desk.get_by_role("button", name="Look at it").click()
    expect(desk.get_by_text("Image diffusion: 1")).to_be_visible()
    desk.get_by_label("Where A diffusion model of words goes").select_option("Image diffusion")
    assert not faults(desk, "desk-split")
    desk.get_by_role("button", name="Split it").click()
    expect(desk.get_by_text("It is split, and its papers are moved.")).to_be_visible()
    assert not faults(desk, "desk-tag-split")
    desk.get_by_role("button", name="Make it one again").click()
    expect(desk.get_by_text("is one tag again")).to_be_visible()
