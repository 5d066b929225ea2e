"""The sheet of topics on a phone, and hostile words in a list."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.looking import SHOTS, violations
from tests.factories import entry, put_in
from tests.web.test_safety import HOSTILE

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "We look at one thing, and then at another: $\\frac{1}{2}-\\epsilon$ of it. " * 12


@pytest.fixture(autouse=True)
def _papers(site: str, transactional_db: None) -> None:
    put_in(
        entry(
            "PixArt-$\\alpha$: Fast Training of a Diffusion Transformer for Photographs and More",
            id="2604.00123",
            summary=f"A diffusion model, with quantization. {LONG}",
            authors=[f"Ada Author{number}" for number in range(40)],
            upvotes=2345,
            githubRepo="https://github.com/example/code",
            githubStars=640,
        ),
        entry("Short", summary="A diffusion model."),
        entry("Averyveryverylongwordthathasnoplacetobreakatall" * 3, summary=LONG),
    )
    put_in(entry("The day before’s"), day=date(2026, 4, 23))


def test_the_sheet_of_topics_is_for_everyone(new_page: NewPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    page.get_by_role("button", name="Topics and order").click()
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / "topics-360-light.png")
    assert violations(page) == []


def test_hostile_words_never_run(new_page: NewPage) -> None:
    put_in(*(entry(f"Hostile {words}", summary=words, authors=[words]) for words in HOSTILE))
    page = new_page()
    page.goto("/")
    assert page.locator("li.paper").count() == len(HOSTILE) + 3
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.get_by_role("link", name="Hostile").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hostile")
