"""German is longer than English: its pages on a phone, and the way there and back."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.looking import WIDTHS, comes, sticks_out, take_picture, violations
from tests.factories import entry, put_in
from tests.roles.world import CURATOR, World

pytestmark = pytest.mark.django_db(transaction=True)
LOOKED_AT = {
    "front": "/date/{day}",
    "paper": "/papers/{paper}",
    "tag": "/t/{tag}",
    "help": "/help",
    "desk": "/desk/feeds/{open}/{day}",
}

KEPT_IN_GERMAN = """async () => {
  const kept = await caches.match("/offline", { ignoreVary: true });
  return kept?.headers.get("Content-Language") === "de";
}"""


def html(page: Page, language: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.usefixtures("transactional_db")
def test_german_pages_fit_a_phone(new_page: NewPage, site: str) -> None:
    world = World()
    put_in(entry("On lamps", summary="A diffusion model, with quantization.", upvotes=12))
    page = new_page(width=360, locale="de-DE")
    session = world.clients[CURATOR].cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    found = []
    for name, path in LOOKED_AT.items():
        page.goto(world.fill(path))
        html(page, "de")
        found += [f"{name} is wider than {width}" for width in WIDTHS if sticks_out(page, width)]
        page.set_viewport_size({"width": 360, "height": 800})
        take_picture(page, f"german-{name}-360")
        found += violations(page) if name == "front" else []
    assert found == []


@pytest.mark.usefixtures("transactional_db")
def test_the_switch_leads_to_the_same_page_without_scripts(new_page: NewPage) -> None:
    put_in(entry())
    page = new_page(java_script_enabled=False)
    page.goto("/trending?sort=new")
    page.get_by_role("button", name="Deutsch").click()
    html(page, "de")
    expect(page).to_have_url("/trending?sort=new")
    page.get_by_role("button", name="English").click()
    html(page, "en")


@pytest.mark.usefixtures("transactional_db")
def test_what_is_kept_to_be_read_offline_follows_the_language(new_page: NewPage) -> None:
    put_in(entry())
    page = new_page()
    page.goto("/")
    comes(page, "!!navigator.serviceWorker.controller")
    page.get_by_role("button", name="Deutsch").click()
    html(page, "de")
    page.goto("/feeds")
    comes(page, KEPT_IN_GERMAN)
