"""A curator runs a whole day by keyboard alone, then readers see it."""

import gzip
import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from feeds.ingest import ingest, source_named
from feeds.models import Correction, Edition, Feed, FeedMember, Paper, Placing
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults, shows
from tests.factories import digest, entry

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2025, 5, 28)
PAPERS = 30
NAME_OF_FOCUS = "() => document.activeElement.textContent.trim()"


@pytest.fixture
def day(request: pytest.FixtureRequest, transactional_db: None) -> None:
    """Thirty papers of a day as a source told it, or made up where no real digests are."""
    try:
        folder: Path = request.getfixturevalue("real_data")
    except pytest.skip.Exception:
        entries: list[dict[str, Any]] = [entry(upvotes=number) for number in range(PAPERS)]
    else:
        content = gzip.decompress((folder / "hf_daily" / f"{DAY}.json.gz").read_bytes())
        entries = json.loads(content)[:PAPERS]
    report = ingest(digest(*entries), source_named("daily"), day=DAY)
    assert report.new == PAPERS


@pytest.fixture
def feed(day: None) -> Feed:
    return Feed.objects.create(slug="picks", name="Picks", reviewed=True)


@pytest.fixture
def curator(new_page: NewPage, site: str, feed: Feed, django_user_model) -> Page:
    """A page of a curator of the feed, who is not staff."""
    user = django_user_model.objects.create_user("curator@example.org")
    FeedMember.objects.create(feed=feed, user=user, role="curator")
    client = Client()
    client.force_login(user)
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


def press(page: Page, key: str, said: str) -> None:
    page.keyboard.press(key)
    expect(page.locator("#said")).to_have_text(said)


def incoming(page: Page) -> Locator:
    return page.locator(".papers-in > li")


def placed(page: Page) -> Locator:
    return page.locator(".papers-out h3")


def focused(page: Page) -> Locator:
    return page.locator("[data-paper]:focus h3")


def test_a_whole_day_by_keyboard(curator: Page) -> None:
    page = curator
    titles = _come_to_the_desk(page)
    _decide_on_each(page, titles)
    _order_the_pins(page, titles[2::4])
    _write_the_note(page, "A day of many models.")
    expect(placed(page)).to_have_count(22)
    last = placed(page).all_inner_texts()
    press(page, "Shift+P", "Enter publishes it. From then on only a correction changes it.")
    press(page, "Enter", "Published.")
    expect(placed(page)).to_have_text(last)
    week = _run_the_week(page, last)

    reader = page.context.browser.new_page(base_url=page.url.partition("/desk")[0])
    reader.goto("/f/picks")
    shows(reader, *last)
    expect(reader.get_by_text("A day of many models.")).to_be_visible()
    reader.goto("/f/picks/2025-W22")
    shows(reader, *week)
    expect(reader.get_by_text("A week of more.")).to_be_visible()
    reader.close()
    tagged = Paper.objects.get(title_text=titles[3]).paper_tags.get(tag__slug="slow-reading")
    assert tagged.why == "put there by a curator"
    assert Placing.objects.dropped().count() == 8


def _come_to_the_desk(page: Page) -> list[str]:
    """From the list of feeds to the first paper; the titles of all."""
    page.goto("/feeds")
    go_to(page, "Desk of Picks")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Picks, Wednesday, 28 May 2025")
    expect(incoming(page)).to_have_count(PAPERS)
    page.wait_for_load_state("load")  # and so are the scripts
    page.keyboard.press("?")
    expect(page.get_by_text("approve: place it in the edition")).to_be_visible()
    page.keyboard.press("?")

    titles = page.locator(".papers-in h3").all_inner_texts()
    page.keyboard.press("j")
    expect(focused(page)).to_have_text(titles[0])
    page.keyboard.press("o")
    expect(incoming(page).first.locator(".abstract")).to_be_visible()
    page.keyboard.press("o")
    page.keyboard.press("j")
    page.keyboard.press("k")
    return titles


def _decide_on_each(page: Page, titles: list[str]) -> None:
    # Each paper in turn: the focus goes on to the next by itself.
    for number, (title, key) in enumerate(zip(titles, itertools.cycle("axpa"), strict=False)):
        expect(focused(page)).to_have_text(title)
        if number == 3:
            page.keyboard.press("t")
            page.keyboard.type("Slow Reading")
            press(page, "Enter", "Tagged slow-reading. Undo with u.")
            expect(focused(page)).to_have_text(title)
        pins = len(range(2, number + 1, 4))
        words = {"a": "Placed.", "x": "Dropped.", "p": f"Pinned as number {pins}."}[key]
        press(page, key, f"{words} Undo with u.")
        expect(incoming(page)).to_have_count(PAPERS - number - 1)
    expect(page.locator("#incoming")).to_be_focused()

    # The last act was a slip; the paper is back, and dropped instead.
    press(page, "u", "Undone: dropping.")
    page.keyboard.press("j")
    expect(focused(page)).to_have_text(titles[29])
    press(page, "x", "Dropped. Undo with u.")


def _order_the_pins(page: Page, pinned: list[str]) -> None:
    page.keyboard.press("ArrowRight")
    expect(focused(page)).to_have_text(pinned[0])
    page.keyboard.press("j")
    press(page, "Alt+ArrowUp", "Moved to 1. Undo with u.")
    expect(focused(page)).to_have_text(pinned[1])
    for place, title in enumerate((pinned[1], pinned[0])):
        expect(placed(page).nth(place)).to_have_text(title)


def _run_the_week(page: Page, day: list[str]) -> list[str]:
    """Pins, drops, notes and publishes at the desk of the day's week; its edition."""
    page.reload()
    go_to(page, "Week’s desk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Picks, 26 May to 1 June 2025")
    expect(placed(page)).to_have_count(len(day))
    before = placed(page).all_inner_texts()
    assert set(before) == set(day)
    page.wait_for_load_state("load")  # and so are the scripts
    first, second, third = before[:3]
    for key in "jjj":
        page.keyboard.press(key)
    expect(focused(page)).to_have_text(third)
    press(page, "p", "Pinned as number 1. Undo with u.")
    expect(placed(page)).to_have_text([third, first, second, *before[3:]])
    page.keyboard.press("j")
    press(page, "x", "Dropped. Undo with u.")
    _write_the_note(page, "A week of more.")
    press(page, "Shift+P", "Enter publishes it. From then on only a correction changes it.")
    press(page, "Enter", "Published.")
    week = [third, second, *before[3:]]
    expect(placed(page)).to_have_text(week)
    return week


def _write_the_note(page: Page, words: str) -> None:
    title = focused(page).inner_text()
    page.keyboard.press("n")
    page.keyboard.type(words)
    press(page, "Control+Enter", "The note is kept. Undo with u.")
    expect(focused(page)).to_have_text(title)


def test_several_at_once_and_keys_off(curator: Page) -> None:
    page = curator
    page.goto(f"/desk/feeds/picks/{DAY}")
    page.keyboard.press("j")
    for _ in range(3):
        page.keyboard.press("s")
        page.keyboard.press("j")
    press(page, "Shift+A", "3 placed. Undo with u.")
    # Keys that are pressed while an answer is on its way wait for it.
    page.keyboard.press("x")
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(incoming(page)).to_have_count(PAPERS - 6)
    expect(placed(page)).to_have_count(4)
    page.keyboard.press("?")
    page.get_by_label("Keys work on this page").uncheck()
    page.locator("#incoming").focus()
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[data-paper]:focus")).to_have_count(0)
    expect(incoming(page)).to_have_count(PAPERS - 6)


def test_what_is_not_sent_yet_outlives_an_act(curator: Page) -> None:
    page = curator
    page.goto(f"/desk/feeds/picks/{DAY}")
    page.get_by_label("Note to the readers").fill("Half a note")
    page.keyboard.press("Escape")
    incoming(page).nth(2).locator("input[type=checkbox]").check()
    ticked = incoming(page).nth(2).locator("h3").inner_text()
    page.keyboard.press("k")
    page.keyboard.press("k")
    press(page, "a", "Placed. Undo with u.")
    press(page, "x", "Dropped. Undo with u.")
    expect(page.get_by_label("Note to the readers")).to_have_value("Half a note")
    expect(page.locator(".papers-in input:checked")).to_have_count(1)
    press(page, "Shift+A", "Placed. Undo with u.")
    expect(placed(page).filter(has_text=ticked)).to_have_count(1)
    page.get_by_label("Place another paper").fill("2604.99999")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("No paper is known as “2604.99999”.")
    expect(page.get_by_label("Place another paper")).to_have_value("2604.99999")


def test_a_pin_is_dragged(curator: Page, feed: Feed) -> None:
    page = curator
    page.goto(f"/desk/feeds/picks/{DAY}")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("p")
    expect(page.locator(".papers-out > li")).to_have_count(2)
    first, second = page.locator(".papers-out > li").all()
    words = second.locator("h3").inner_text()
    second.locator(".place").drag_to(first, target_position={"x": 5, "y": 5})
    expect(page.locator("#said")).to_have_text("Pinned as number 1. Undo with u.")
    expect(placed(page).first).to_have_text(words)


def test_a_day_and_its_correction_without_scripts(
    new_page: NewPage, curator: Page, site: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.context.add_cookies(curator.context.cookies(site))
    page.goto(f"/desk/feeds/picks/{DAY}")
    for name in ("place", "drop", "pin"):
        incoming(page).first.locator(f"button[name={name}]").click()
    expect(incoming(page)).to_have_count(PAPERS - 3)
    row = incoming(page).first
    row.locator("details.tagging summary").first.click()
    row.get_by_label("A tag to give").fill("slow reading")
    row.get_by_role("button", name="Tag it").click()
    expect(page.get_by_role("status").first).to_have_text("Tagged slow-reading. Undo with u.")
    page.get_by_role("button", name="Undo giving a tag").click()
    page.get_by_label("Note to the readers").fill("By hand.")
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_role("button", name="Publish").click()
    expect(placed(page)).to_have_count(2)
    page.locator(".papers-out input").first.check()
    incoming(page).first.locator("input").check()
    page.get_by_label("What is corrected").fill("The first was a mistake.")
    page.get_by_role("button", name="Correct").click()
    expect(page.get_by_text("Correction: The first was a mistake.")).to_be_visible()
    expect(placed(page)).to_have_count(2)
    assert Correction.objects.count() == 1
    assert Edition.objects.get().note == "By hand."


def test_the_pages_of_a_desk_are_for_everyone(curator: Page) -> None:
    page = curator
    few = Paper.objects.order_by("-stats__hot")[:6].values("pk")
    Paper.objects.exclude(pk__in=few).update(dropped_at=timezone.now())
    page.goto(f"/desk/feeds/picks/{DAY}")
    for key in "jpjaj?":
        page.keyboard.press(key)
    expect(page.locator(".papers-out > li")).to_have_count(2)
    for name in ("tagging", "opens"):
        incoming(page).first.locator(f"details.{name} summary").first.click()
    assert not faults(page, "desk-day-open")
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#said")).to_have_text("Placed. Undo with u.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#correction")).to_be_visible()
    assert not faults(page, "desk-closed")
    page.goto("/desk/feeds/picks/order")
    page.get_by_label("Hours that ten times the votes").fill("24")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("#tried")).to_be_visible()
    assert not faults(page, "desk-feed-order")
