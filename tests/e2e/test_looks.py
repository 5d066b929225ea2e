"""Every page at two widths and in both themes: axe finds nothing, nothing sticks out."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.looking import SHOTS, faults
from tests.factories import entry, put_in
from tests.web.test_safety import HOSTILE

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "front": "/",
    "edition-filtered": "/date/2026-04-24?tag=diffusion&tag=-quantization",
    "edition-empty": "/date/2020-02-02",
    "week": "/week/2026-W17",
    "tag": "/t/diffusion",
    "nothing-fits": "/?q=nothing+such",
    "paper": "/papers/2604.00123",
    "not-found": "/nothing-here",
    "query-error": "/?sort=best",
    "sign-in": "/account/login/",
    "sign-up": "/account/signup/",
    "subscribe": "/subscribe?tag=diffusion",
    "link-fails": "/subscriptions/confirm/nonsense",
}
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


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everyone(new_page: NewPage, name: str) -> None:
    page = new_page()
    page.goto(PAGES[name])
    assert not faults(page, name)


def test_what_folds_is_for_everyone_when_open(new_page: NewPage) -> None:
    page = new_page()
    for name in ("front", "paper"):
        page.goto(PAGES[name])
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert not faults(page, f"{name}-open")


def test_a_signed_in_readers_pages_are_too(new_page: NewPage, site: str, django_user_model) -> None:
    client = Client()
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    page = new_page()
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    for name, address in (("front", "/"), ("paper", PAGES["paper"]), ("mail", "/subscriptions")):
        page.goto(address)
        assert not faults(page, f"{name}-signed-in")


def test_the_sheet_of_topics_is_for_everyone(new_page: NewPage) -> None:
    page = new_page(width=360, height=740)
    page.goto("/")
    page.get_by_role("button", name="Topics and order").click()
    page.screenshot(path=SHOTS / "topics-360-light.png")
    assert Axe().run(page).violations_count == 0


def test_hostile_words_never_run(new_page: NewPage) -> None:
    put_in(*(entry(f"Hostile {words}", summary=words, authors=[words]) for words in HOSTILE))
    page = new_page()
    page.goto("/")
    assert page.locator("li.paper").count() == len(HOSTILE) + 3
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.get_by_role("link", name="Hostile").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hostile")
