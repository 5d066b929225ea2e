"""How heavy a front page of fifty papers is, and that it stands still."""

from datetime import date
from pathlib import Path

import pytest

from feeds.ingest import ingest, source_named
from tests.e2e.conftest import NewPage
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
    weight = page.evaluate(WEIGHED)
    assert weight["all"] <= 130_000
    assert weight["scripts"] <= 30_000
    assert page.evaluate(SHIFTED) < 0.01
    page.goto("/", wait_until="load")
    assert page.evaluate(WEIGHED)["all"] <= 25_000


@pytest.mark.usefixtures("transactional_db")
def test_so_is_one_of_a_real_digest_whole_abstracts_and_all(
    new_page: NewPage, real_data: Path
) -> None:
    digest = (real_data / "seed-digest.txt").read_bytes()
    ingest(digest, source_named("upload"), day=date(2026, 4, 24))
    page = new_page(service_workers="block")
    page.goto("/", wait_until="load")
    assert page.evaluate(WEIGHED)["all"] <= 130_000
    page.goto("/", wait_until="load")
    assert page.evaluate(WEIGHED)["all"] <= 25_000
