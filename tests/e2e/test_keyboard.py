"""Reading by keys, the search box, and reading without a network."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.looking import comes, faults
from tests.factories import entry, put_in
from tests.readers import reader

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ("Bees and lanterns", "Lanterns in the fog", "Paths of small models")

KEPT = """async () => {
  const kept = await Promise.all(
    ["/", "/papers/2604.00002"].map(one => caches.match(one, {ignoreVary: true})));
  return kept.every(one => one);
}"""


@pytest.fixture(autouse=True)
def _papers(transactional_db: None) -> None:
    put_in(
        *(
            entry(title, id=f"2604.0000{n}", upvotes=30 - 10 * n, summary="A diffusion model.")
            for n, title in enumerate(TITLES)
        )
    )


def is_focused(page: Page, words: str) -> None:
    """Waits until what reads so has the focus."""
    comes(page, "words => document.activeElement.textContent.trim() === words", arg=words)


def test_a_day_is_read_by_keys(new_page: NewPage, site: str) -> None:
    page, client = new_page(), Client()
    client.force_login(reader())
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.goto("/date/2026-04-24")
    for key, title in zip("jjjkj", (*TITLES, TITLES[1], TITLES[2]), strict=True):
        page.keyboard.press(key)
        is_focused(page, title)
    page.keyboard.press("u")
    expect(page.locator("#live")).to_have_text("You voted. Votes: 11.")
    is_focused(page, TITLES[2])
    page.keyboard.press("s")
    expect(page.locator("#live")).to_have_text("Saved.")
    page.keyboard.press("t")
    is_focused(page, "diffusion models")
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text(TITLES[2])
    page.wait_for_load_state("load")  # and so are the scripts
    page.keyboard.press("u")
    expect(page.locator("#live")).to_have_text("Your vote is taken back. Votes: 10.")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert not faults(page, "keys")
    page.get_by_label("Single keys do this on this device").uncheck()
    page.keyboard.press("Escape")
    page.goto("/date/2026-04-24")
    page.keyboard.press("j")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_the_box_offers_what_begins_so_and_leads_there(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search the papers")
    expect(page.get_by_text("the words side by side")).to_be_visible()
    box.press_sequentially("jlant")  # a key in the box is a letter
    box.fill("lantern")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(page.locator("#live")).to_have_text("2 suggestions")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text(TITLES[0])
    assert not faults(page, "box")
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press("Enter")
    expect(page.locator(".paper h2 mark").first).to_have_text("lanterns")
    assert not faults(page, "results")
    page.get_by_role("searchbox", name="Search the papers").fill("")
    expect(page.get_by_role("option")).to_have_text(["lantern"])
    page.get_by_role("button", name="Forget earlier searches").click()
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("combobox").fill("fog")
    page.get_by_role("option").first.click()
    expect(page.locator("h1")).to_have_text(TITLES[1])
    page.goto("/?q=(a")
    assert not faults(page, "slip")


def test_what_was_read_can_be_read_without_a_network(browser: Browser, site: str) -> None:
    # Not of those that may not complain: a browser without a network says so.
    page = browser.new_context(base_url=site).new_page()
    page.goto("/papers/2604.00001")
    page.evaluate("navigator.serviceWorker.ready")
    comes(page, "!!navigator.serviceWorker.controller")
    page.goto("/papers/2604.00002")
    comes(page, KEPT)
    page.context.set_offline(True)
    page.goto("/papers/2604.00002")
    expect(page.locator("h1")).to_have_text(TITLES[2])
    page.goto("/")
    expect(page.locator("h2 a").first).to_have_text(TITLES[0])
    page.goto("/trending")
    expect(page.locator("h1")).to_have_text("There is no way to the site just now")
    expect(page.locator("#kept a").first).to_be_visible()
    page.context.set_offline(False)  # and the page that was asked for comes by itself
    expect(page.locator("h1")).to_contain_text("rending")
    page.context.close()
