"""A whole morning, from the day's papers to the end of a subscription: once by keys alone, once
by fingers on a phone, and once with scripts off."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Subscription
from accounts.ringing import ring
from feeds.models import Comment, Feed, FeedMember, Vote
from tests.accounts.smtp import Sink
from tests.e2e.conftest import NewPage
from tests.e2e.hands import Fingers, Keys, NoScripts
from tests.e2e.looking import shows
from tests.e2e.mail import link, mail_with
from tests.factories import entry, put_in
from tests.readers import reader

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ["A Diffusion Model", "A Small One", "A Recipe"]


@pytest.fixture
def day(site: str, transactional_db: None) -> date:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    texts = ("A diffusion model. It is ours.", "A diffusion model, with quantization.", "We cook.")
    put_in(
        *(
            entry(title, id=f"2604.0000{n}", summary=text, upvotes=30 - 10 * n)
            for n, (title, text) in enumerate(zip(TITLES, texts, strict=True))
        ),
        day=yesterday,
    )
    return yesterday


@pytest.mark.parametrize("kind", [Keys, Fingers, NoScripts], ids=lambda kind: kind.name)
def test_a_morning(new_page: NewPage, site: str, sink: Sink, day: date, kind: type[Keys]) -> None:
    page = new_page(color_scheme="light", **kind.options)
    hand = kind(page)
    _narrow_and_widen(page, hand)
    _read_and_look_for(page, hand)
    address = f"{kind.name}@example.org"
    _subscribe(page, hand, address, sink)
    _end_by_the_mail(page, hand, address, sink)

    who = reader()
    client = Client()
    client.force_login(who)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    _vote_save_and_comment(page, hand)
    feed = Feed.objects.create(slug="picks", name="Picks", reviewed=True)
    FeedMember.objects.create(feed=feed, user=who, role="curator")
    _curate(page, hand, day)
    if kind is not NoScripts:  # the theme is then the system's
        _change_the_theme(page, hand)


def _narrow_and_widen(page: Page, hand: Keys) -> None:
    page.goto("/")
    shows(page, *TITLES)
    hand.press(page.locator("li.paper summary", has_text="abstract"))
    expect(page.locator("li.paper").first.get_by_text("It is ours.").last).to_be_visible()
    for name, left in (("diffusion models", TITLES[:2]), ("not quantization", TITLES[:1])):
        if hand.name == "fingers":
            hand.press(page.get_by_role("button", name="Topics and order"))
        hand.press(page.locator("#rail").get_by_role("link", name=name, exact=True))
        shows(page, *left)
    hand.press(page.get_by_role("link", name="Remove not quantization"))
    hand.press(page.get_by_role("link", name="Remove diffusion models"))
    shows(page, *TITLES)


def _read_and_look_for(page: Page, hand: Keys) -> None:
    hand.write(page.locator("#search"), "cook")
    page.keyboard.press("Enter")
    shows(page, "A Recipe")
    hand.press(page.get_by_role("link", name="A Recipe"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A Recipe")


def _subscribe(page: Page, hand: Keys, address: str, sink: Sink) -> None:
    page.goto("/?tag=diffusion&period=day")
    hand.write(page.get_by_role("textbox", name="Your email address"), address)
    hand.press(page.get_by_role("button", name="Subscribe"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    page.goto(link(mail_with(sink, address, "/confirm/"), "/subscriptions/confirm/"))
    hand.choose(page.get_by_label("How often"), "every day")
    hand.press(page.get_by_role("button", name="Yes, send it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("It is ordered")
    order = Subscription.objects.get()
    assert (order.email, order.cadence, order.query) == (address, "daily", "tag=diffusion")


def _end_by_the_mail(page: Page, hand: Keys, address: str, sink: Sink) -> None:
    Subscription.objects.update(confirmed_at=timezone.now() - timedelta(days=2), hour=0)
    ring(timezone.now())
    mail = mail_with(sink, address, TITLES[0])
    page.goto(link(mail, "/papers/2604.00000"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[0])
    page.goto(link(mail, "/subscriptions/end/"))
    hand.press(page.get_by_role("button", name="End it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("It has ended")
    assert Subscription.objects.get().ended_at


def _vote_save_and_comment(page: Page, hand: Keys) -> None:
    page.goto("/papers/2604.00002")
    for name in ("vote for A Recipe", "save A Recipe"):
        hand.press(page.get_by_role("button", name=name))
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    assert Vote.objects.count() == 1
    hand.write(page.get_by_label("Your name, as others see it"), "Ada One")
    hand.write(page.get_by_label("Your comment"), "Well *done*.")
    hand.press(page.get_by_role("button", name="Comment", exact=True))
    expect(page.locator("li.comment em")).to_have_text("done")
    assert Comment.objects.count() == 1


def _curate(page: Page, hand: Keys, day: date) -> None:
    page.goto(f"/desk/feeds/picks/{day}")
    for number, act in enumerate(("pin", "place", "drop")):
        hand.press(page.locator(f".papers-in button[name={act}]"))
        expect(page.locator(".papers-in > li")).to_have_count(2 - number)
    hand.write(page.get_by_label("Note to the readers"), "A short day.")
    hand.press(page.get_by_role("button", name="Keep the note"))
    expect(page.get_by_role("button", name="Undo the note")).to_be_visible()
    hand.press(page.get_by_role("button", name="Publish"))
    expect(page.get_by_role("heading", name="Correct it")).to_be_visible()
    page.goto("/f/picks")
    shows(page, *TITLES[:2])


def _change_the_theme(page: Page, hand: Keys) -> None:
    hand.press(page.get_by_role("button", name="Dark"))
    page.goto("/trending")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 22, 26)"
