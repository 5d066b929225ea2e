"""A curator puts a digest in with the keyboard alone; every page of the desk is for everyone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from feeds.models import Digest, PutAside, Run, Source
from tests.config.processes import wait_until
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import put_in_many

pytestmark = pytest.mark.django_db(transaction=True)
PASTED = """Get trending papers in your email inbox!

Subscribe

byAK and the research community

Apr 24

Lanterns: Guiding Small Models Through Long Documents

Long documents make small models lose their way. We put lights along the path, two of them per
page, and measure how far a model walks. It walks twice as far, and returns with most of what it
was sent for.

Is a Second Look Worth It? Notes on Rereading

Readers go back. We ask whether a model should, too, and find that it depends on the question: for
numbers yes, for names no. A simple rule saves two fifths of the time.
"""


@pytest.fixture
def desk(new_page: NewPage, site: str, transactional_db: None, django_user_model) -> Page:
    """A page of a curator who has signed in."""
    client = Client()
    client.force_login(django_user_model.objects.create_user("curator@example.org", is_staff=True))
    page = new_page()
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return page


def go_to(page: Page, name: str) -> None:
    """Presses Tab until the focus is on what is called so."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUS) == name:
            return
    raise AssertionError(f"Tab never reaches {name!r}")


NAME_OF_FOCUS = """() => {
  const one = document.activeElement;
  return (one.labels && one.labels[0] || one).textContent.trim();
}"""


def test_from_a_pasted_text_to_the_front_page_by_keyboard(desk: Page) -> None:
    page = desk
    page.goto("/")
    go_to(page, "Desk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Digests")
    go_to(page, "Add")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Put a digest in")
    go_to(page, "Paste its text")
    page.keyboard.insert_text(PASTED)
    go_to(page, "Source")
    page.keyboard.press("Control+A")
    page.keyboard.type("Morning Papers")
    page.keyboard.press("Escape")
    go_to(page, "Look at it")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Before it goes in")
    expect(page.locator("main")).to_contain_text("papers page text")
    expect(page.locator("main")).to_contain_text("Morning Papers, which is new")
    expect(page.locator(".entries .what")).to_have_count(2)
    assert not faults(page, "desk-preview")
    assert not Digest.objects.exists()
    go_to(page, "Put in")
    page.keyboard.press("Enter")

    # A worker that has just started loads its words first.
    reading = page.locator(".reading")
    expect(reading).to_have_text("2 new, 0 updated, 0 unchanged", timeout=60_000)
    expect(page.locator(".entries .what").first).to_contain_text("Lanterns")
    assert not faults(page, "desk-digest")
    page.goto("/")
    expect(page.locator("li.paper h2").first).to_contain_text("Lanterns")


def test_a_text_that_is_no_digest_is_explained_and_discarded(desk: Page) -> None:
    desk.goto("/desk/add")
    desk.get_by_label("Paste its text").fill("Dear all, lunch is at noon.")
    desk.get_by_role("button", name="Look at it").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("No format fits")
    assert not faults(desk, "desk-unrecognised")
    desk.get_by_role("button", name="Discard").click()
    expect(desk.locator(".messages")).to_contain_text("It was discarded.")


def test_a_file_goes_in_without_scripts(new_page: NewPage, desk: Page, site: str) -> None:
    page = new_page(java_script_enabled=False)
    page.context.add_cookies(desk.context.cookies(site))
    page.goto("/desk/add")
    pasted = {"name": "page.txt", "mimeType": "text/plain", "buffer": PASTED.encode()}
    page.get_by_label("or choose a file").set_input_files(pasted)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Put in").click()
    again = page.get_by_role("link", name="Look again")

    def done() -> bool:
        page.wait_for_load_state("load")
        if again.count():
            again.click()
        return not again.count()

    wait_until(done)
    expect(page.locator(".reading")).to_have_text("2 new, 0 updated, 0 unchanged")


def test_a_bar_moves_and_goes_when_it_is_done(desk: Page) -> None:
    digest_id = put_in_many(3).digest_id
    now = timezone.now()
    Run.objects.update(
        ended_at=None, started_at=now - timedelta(seconds=10), told_at=now, total=30, new=10
    )
    desk.goto(f"/desk/digests/{digest_id}")
    expect(desk.get_by_role("progressbar")).to_have_attribute("value", "10")
    assert not faults(desk, "desk-running")
    Run.objects.update(new=20, told_at=timezone.now())
    expect(desk.get_by_role("progressbar")).to_have_attribute("value", "20")
    Run.objects.update(new=30, ended_at=timezone.now())
    expect(desk.get_by_role("progressbar")).to_have_count(0)
    expect(desk.get_by_role("button", name="Read again")).to_be_visible()


def test_lists_of_the_desk_are_for_everyone(desk: Page) -> None:
    digest_id = put_in_many(3).digest_id
    PutAside.objects.create(
        digest_id=digest_id, number=9, place="entry 9, line 41", reason="it has no title"
    )
    Digest.objects.update(rejected=1)
    Source.objects.create(
        slug="feed",
        name="A feed",
        plugin="rss",
        failures=10,
        stopped_at=timezone.now(),
        last_error_at=timezone.now(),
        last_error="Stopped after 10 failures in a row. The last: example.org answers 404.",
    )
    for name in ("problems", "sources"):
        desk.goto(f"/desk/{name}")
        assert not faults(desk, f"desk-{name}")
