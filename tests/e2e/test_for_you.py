"""A reader's own order in a browser: less like this by a key, and taken back by a click."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from feeds import voting
from feeds.for_you import learning
from feeds.models import Paper
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import entry, put_in
from tests.readers import reader

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_key_asks_for_less_and_a_click_takes_it_back(
    new_page: NewPage, site: str, transactional_db: None
) -> None:
    put_in(
        entry("Wild bees", id="2604.00001", summary="Bees on meadows.", authors=["Ada Apis"]),
        entry("Honey", id="2604.00002", summary="Bees make honey.", authors=["Ed Mel"]),
        entry("Lamps", id="2604.00003", summary="They light up.", authors=["Cy Lux"]),
    )
    user, client, page = reader(), Client(), new_page()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    voting.vote(Paper.objects.get(key="2604.00001").pk, user.pk)
    learning.learn(user.pk, timezone.now())
    page.goto("/")
    page.get_by_role("link", name="For you", exact=True).click()
    expect(page.locator(".paper h2").first).to_have_text("Honey")
    expect(page.locator(".paper .stands").first).to_have_text("Because of “bees”.")
    page.wait_for_load_state("load")  # and so are the scripts
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.get_by_text("You will see less like “Honey”.")).to_be_visible()
    assert not faults(page, "for-you")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("“Honey” counts against nothing any more.")).to_be_visible()
