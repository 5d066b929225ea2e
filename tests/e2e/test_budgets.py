"""How heavy a front page of fifty papers is, and that it stands still."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from feeds.ingest import ingest, source_named
from tests.e2e.conftest import NewPage
from tests.e2e.looking import comes
from tests.factories import put_in_many

pytestmark = pytest.mark.django_db(transaction=True)
WEIGHED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const parts = performance.getEntriesByType("resource");
  const sum = entries => entries.reduce((all, entry) => all + entry.transferSize, 0);
  return {
    all: sum([page, ...parts]),
    scripts: sum(parts.filter(entry => entry.initiatorType === "script")),
  };
}"""
# The heaviest script comes last, after the first paint.
ALL_IS_THERE = "() => Boolean(window.htmx)"
SHIFTED = """() => new Promise(done => {
  let all = 0;
  new PerformanceObserver(list => list.getEntries().forEach(shift => { all += shift.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(all), 300);
})"""


@pytest.mark.usefixtures("transactional_db")
def test_a_front_page_of_fifty_papers_is_light_and_stands_still(new_page: NewPage) -> None:
    abstract = "We look at subjects, one after the other, and say what we saw. " * 20
    put_in_many(60, summary=f"A diffusion model, with quantization. {abstract}")
    # What a worker hands on is told of by its unpacked size, whatever came over the wire.
    page = new_page(service_workers="block")
    page.goto("/", wait_until="load")
    comes(page, ALL_IS_THERE)
    weight = page.evaluate(WEIGHED)
    assert weight["all"] <= 130_000
    assert weight["scripts"] <= 30_000
    assert page.evaluate(SHIFTED) < 0.01
    page.goto("/", wait_until="load")
    comes(page, ALL_IS_THERE)
    assert page.evaluate(WEIGHED)["all"] <= 25_000


@pytest.mark.usefixtures("transactional_db")
def test_so_is_one_of_a_real_digest_whole_abstracts_and_all(
    new_page: NewPage, real_data: Path
) -> None:
    digest = (real_data / "seed-digest.txt").read_bytes()
    ingest(digest, source_named("upload"), day=date(2026, 4, 24))
    page = new_page(service_workers="block")
    page.goto("/", wait_until="load")
    comes(page, ALL_IS_THERE)
    assert page.evaluate(WEIGHED)["all"] <= 130_000
    page.goto("/", wait_until="load")
    comes(page, ALL_IS_THERE)
    assert page.evaluate(WEIGHED)["all"] <= 25_000


@pytest.mark.usefixtures("transactional_db")
def test_papers_below_the_window_are_found_by_keys_and_by_links(new_page: NewPage) -> None:
    put_in_many(60)
    page = new_page()
    page.goto("/", wait_until="load")
    last = page.locator(".papers > .paper").nth(20)
    page.goto(f"/#{last.get_attribute('id')}", wait_until="load")
    expect(last).to_be_in_viewport()
    last.locator("h2 a").focus()
    page.keyboard.press("j")
    after = page.locator(".papers > .paper").nth(21)
    expect(after.locator("h2 a")).to_be_focused()
    expect(after.locator("h2 a")).to_be_in_viewport()


@pytest.mark.usefixtures("transactional_db")
def test_a_press_before_htmx_is_there_waits_for_it(new_page: NewPage) -> None:
    put_in_many(2)
    page = new_page(service_workers="block")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/htmx.min*.js", hold)
    with page.expect_request("**/htmx.min*.js"):
        page.goto("/", wait_until="load")
    page.locator("button.vote").first.click()
    expect(page).to_have_url(re.compile("/$"))
    held[0].continue_()
    expect(page).to_have_url(re.compile("/account/login/"))
