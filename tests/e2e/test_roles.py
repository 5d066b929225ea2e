"""An author claims a paper, and an admin looks after accounts, in a browser."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_claim_and_the_roles(new_page: NewPage, site: str, transactional_db: None) -> None:
    put_in(entry("On bees", id="2604.00001", authors=["Ada Lovelace", "Ben Writer"]))
    ada = _signed_in(new_page(), site, somebody(None))
    admin = _signed_in(new_page(), site, somebody("Adminah", is_staff=True, is_superuser=True))

    ada.goto("/papers/2604.00001")
    ada.get_by_role("link", name="I am an author of this").click()
    ada.get_by_label("Ada Lovelace").check()
    ada.get_by_label("How the curators can tell").fill("My page at the university.")
    ada.get_by_label("Your name, as others see it").fill("Countess")
    ada.get_by_role("button", name="Tell the curators").click()
    expect(ada.get_by_text("It waits for the curators.")).to_be_visible()

    admin.goto("/desk/claims")
    admin.get_by_role("button", name="Accept").click()
    expect(admin.get_by_text("The paper leads to them now.")).to_be_visible()
    ada.goto("/papers/2604.00001")
    ada.get_by_role("link", name="Countess").click()
    expect(ada.get_by_role("heading", name="Author of")).to_be_visible()

    admin.goto("/desk/people")
    admin.get_by_label("Find an account").fill("count")
    admin.get_by_role("button", name="Find").click()
    admin.get_by_role("button", name="Make moderator").click()
    expect(admin.get_by_text("Countess became a moderator")).to_be_visible()
    assert not faults(admin, "desk-people")
    ada.goto("/")
    ada.get_by_role("link", name="Desk").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Comments")


def _signed_in(page: Page, site: str, person: int) -> Page:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return page
