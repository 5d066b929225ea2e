"""Reading on and on, coming back, other days, and as much of each paper as one likes."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.config.processes import wait_until
from tests.e2e.conftest import NewPage
from tests.e2e.looking import comes, faults
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, BEFORE = date(2026, 4, 24), date(2026, 4, 22)
ABSTRACT = "Stones fall. We introduce a sorter that listens to them. It is fast."


@pytest.fixture(autouse=True)
def _papers(site: str, transactional_db: None) -> None:
    put_in(entry("The day before’s", summary=ABSTRACT), day=BEFORE)
    put_in(*(entry(f"Paper {number}", summary=ABSTRACT) for number in range(1, 91)), day=TODAY)


def count(page: Page, number: int) -> None:
    expect(page.locator(".papers > li")).to_have_count(number)


def read_to(page: Page, title: str) -> None:
    """Scrolls so that the paper stands at the top, as a reader does."""
    paper = page.get_by_role("link", name=title, exact=True)
    paper.scroll_into_view_if_needed()
    top = paper.evaluate("it => it.getBoundingClientRect().top")
    page.mouse.wheel(0, top - 60)


def top_of(page: Page, title: str) -> float:
    paper = page.get_by_role("link", name=title, exact=True)
    return paper.evaluate("it => it.getBoundingClientRect().top")


def choose(page: Page, density: str) -> None:
    page.locator("#rail").get_by_role("button", name=density).click()
    expect(page.locator("#rail").get_by_role("button", name=density)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_later_pages_come_by_themselves_and_back_leads_to_the_same_place(
    new_page: NewPage,
) -> None:
    page = new_page()
    page.goto("/")
    count(page, 25)
    read_to(page, "Paper 24")
    count(page, 50)
    read_to(page, "Paper 40")
    page.wait_for_url("**/date/2026-04-24?cursor=*")
    read_to(page, "Paper 49")
    count(page, 75)
    read_to(page, "Paper 60")
    comes(page, "history.state?.paper && scrollY > 0")
    page.wait_for_timeout(300)
    address, top = page.url, top_of(page, "Paper 61")
    page.get_by_role("link", name="Paper 61", exact=True).click()
    page.wait_for_url("**/papers/*")
    page.go_back()
    page.wait_for_url(address)
    wait_until(lambda: abs(top_of(page, "Paper 61") - top) < 3)
    page.get_by_role("link", name="From the first paper").click()
    page.wait_for_url("**/date/2026-04-24")
    expect(page.locator(".papers > li h2").first).to_have_text("Paper 1")


def test_the_third_page_waits_for_a_press_so_that_the_foot_can_be_reached(
    new_page: NewPage,
) -> None:
    page = new_page()
    page.goto("/")
    read_to(page, "Paper 25")
    count(page, 50)
    read_to(page, "Paper 50")
    count(page, 75)
    read_to(page, "Paper 75")
    page.get_by_role("contentinfo").scroll_into_view_if_needed()
    count(page, 75)
    page.get_by_role("link", name="More papers").click()
    count(page, 90)
    expect(page.locator("#brought")).to_have_text("15 more papers")
    expect(page.get_by_role("link", name="More papers")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_other_days_and_densities_need_no_script(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    choose(page, "Abstracts")
    expect(page.locator(".papers > li").first.get_by_text("It is fast.")).to_be_visible()
    choose(page, "Headlines")
    page.get_by_text("Calendar", exact=True).click()
    page.locator(".month").get_by_role("link", name="Wednesday, 22 April 2026").click()
    page.wait_for_url("**/date/2026-04-22")
    expect(page.locator(".papers > li .rank")).to_have_text("1")
    expect(page.locator(".papers > li h2")).to_have_text("The day before’s")
    expect(page.get_by_text("We introduce a sorter")).to_have_count(0)
    page.get_by_text("Calendar", exact=True).click()
    page.get_by_role("link", name="Other months").click()
    page.wait_for_url("**/calendar/2026-04")
    if not scripts:
        page.goto("/")
        page.get_by_role("link", name="More papers").click()
        expect(page.locator(".papers > li .rank").first).to_have_text("26")


def test_headlines_and_the_calendar_are_for_everyone(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/date/2026-04-22")
    choose(page, "Headlines")
    page.get_by_text("Calendar", exact=True).click()
    assert not faults(page, "headlines")
