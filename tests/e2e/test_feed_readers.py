"""Addresses for a feed reader, made and copied in a browser; lists taken in from a file."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect

from feeds import collecting
from feeds.collecting import Words
from feeds.syndication.opml import Group, Outline, render
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db(transaction=True)


def test_addresses_are_made_copied_and_renewed(
    new_page: NewPage, site: str, transactional_db: None
) -> None:
    put_in(entry(id="2604.00001", authors=["Ada Lovelace"]))
    ada, client, page = somebody("Ada"), Client(), new_page()
    collecting.make(Words("To read on the train", visibility="private"), ada)
    client.force_login(get_user_model().objects.get(pk=ada))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    page.context.add_cookies([session])
    page.goto("/account/feed-reader")
    page.get_by_label("Its name").fill("The reader on the phone")
    page.get_by_role("button", name="Make them").click()
    expect(page.get_by_role("status").first).to_contain_text("shown this once")
    assert not faults(page, "feed-reader-made")
    expect(page.locator("#address-all")).to_contain_text("/mine/lists.opml?key=bsf_")
    copy = page.get_by_role("button", name="Copy the address of To read on the train")
    copy.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("button", name="Renew").click()
    expect(page.locator("#address-all")).to_contain_text("key=bsf_")
    lines = [Outline("On lamps", f"{site}/feed.rss?author=Ada+Lovelace", "")]
    lines.append(Outline("Elsewhere", "https://elsewhere.example/feed.xml", ""))
    content = render("Mine", [Group("All", lines)]).replace(site.encode(), b"")
    file = {"name": "lists.opml", "mimeType": "text/x-opml", "buffer": content}
    page.get_by_label("An OPML file").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("button", name="Follow what is in it").click()
    expect(page.get_by_role("link", name="On lamps")).to_be_visible()
    expect(page.get_by_text("It is no list of this site.")).to_be_visible()
    assert not faults(page, "feed-reader-taken")
