"""Every page at two widths and in both themes: axe finds nothing, nothing sticks out.

The addresses are those of tests/roles/table.py, which holds all that there are;
tests/test_roles.py fails where a template is shown by none of these looks.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from playwright.sync_api import Page

from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import DAY, entry, put_in
from tests.roles.looks import AT, BARE
from tests.roles.pages import SIGNED_IN, pages
from tests.roles.world import STRANGER, World

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = "() => document.querySelectorAll('details').forEach(one => one.open = true)"
LONG = "We look at one thing, and then at another: $\\frac{1}{2}-\\epsilon$ of it. " * 12


@pytest.fixture
def world(site: str, transactional_db: None) -> World:
    """What every role wants to see, and papers that are hard to set."""
    world = World()
    put_in(
        entry(
            "PixArt-$\\alpha$: Fast Training of a Diffusion Transformer for Photographs and More",
            id="2604.00001",
            summary=f"A diffusion model, with quantization. {LONG}",
            authors=["Ada Lovelace", *(f"Ada Author{number}" for number in range(40))],
            upvotes=2345,
            githubRepo="https://github.com/example/code",
            githubStars=640,
        ),
        entry("Short", summary="A diffusion model."),
        entry("Averyveryverylongwordthathasnoplacetobreakatall" * 3, summary=LONG),
        day=DAY,
    )
    return world


def test_every_page_is_for_everyone(new_page: NewPage, site: str, world: World) -> None:
    found, browsers = [], {role: new_page() for role in (STRANGER, *SIGNED_IN)}
    for role in SIGNED_IN:
        session = world.clients[role].cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": site}
        browsers[role].context.add_cookies([cookie])
    for shown in pages(world):
        page = browsers[shown.role]
        answer = page.goto(shown.path)
        assert answer
        assert answer.ok, shown
        page.evaluate(OPEN)
        found += faults(page, shown.name)
    assert found == []


def test_what_no_address_shows_by_itself_is_too(
    new_page: NewPage, site: str, world: World, settings
) -> None:
    # A service worker would ask the site itself for what is shown.
    page, found = new_page(service_workers="block"), []
    for name, (path, _) in AT.items():
        page.goto(path)
        found += faults(page, name)
    for template in BARE:
        _show(page, f"{site}/shown", _bare(template))
        found += faults(page, template.removesuffix(".html").replace("/", "-"))
    settings.DEBUG = True
    _show(page, f"{site}/shown", Client().get("/styleguide/").content.decode())
    assert found + faults(page, "styleguide") == []


def _bare(template: str) -> str:
    """The page without anything that it could tell of."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return render_to_string(template, BARE[template], request)


def _show(page: Page, address: str, text: str) -> None:
    """Shows the text at an address of the site, with the site's own styles and scripts."""
    page.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))
    answer = page.goto(address)
    assert answer
    assert answer.text() == text
    page.unroute(address)
