"""What a reader does in a morning, in a browser."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Subscription
from accounts.ringing import ring
from feeds.models import Vote
from tests.accounts.smtp import Sink, text_of
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults, shows
from tests.e2e.mail import code, link, mail_with
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "reader@example.org"
VOTER = "voter@example.org"


@pytest.fixture(autouse=True)
def _papers(site: str, transactional_db: None) -> None:
    """Two editions: those of yesterday and of the day before."""
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    put_in(entry("The day before’s"), day=yesterday - timedelta(days=1))
    put_in(
        entry("A Diffusion Model", summary="A diffusion model. It is ours.", upvotes=30),
        entry("A Small One", summary="A diffusion model, with quantization.", upvotes=20),
        entry("A Recipe", id="2604.00123", summary="How to cook.", upvotes=10),
        day=yesterday,
    )


def narrow_and_widen(page: Page) -> None:
    rail = page.locator("#rail")
    rail.get_by_role("link", name="diffusion models", exact=True).click()
    shows(page, "A Diffusion Model", "A Small One")
    row = rail.get_by_role("listitem").filter(has_text="quantization")
    row.hover()
    row.get_by_role("link", name="not quantization").click()
    shows(page, "A Diffusion Model")
    page.get_by_role("link", name="Remove not quantization").click()
    page.get_by_role("link", name="Remove diffusion models").click()
    shows(page, "A Diffusion Model", "A Small One", "A Recipe")


def test_reading_a_day(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    shows(page, "A Diffusion Model", "A Small One", "A Recipe")
    first = page.locator("li.paper").first
    first.get_by_text("abstract", exact=True).click()
    expect(first.get_by_text("It is ours.").last).to_be_visible()
    first.get_by_text("why here?").click()
    expect(first.get_by_role("table")).to_contain_text("votes plus 5, as log10")
    narrow_and_widen(page)
    page.get_by_role("link", name="Previous edition").click()
    shows(page, "The day before’s")
    page.go_back()
    shows(page, "A Diffusion Model", "A Small One", "A Recipe")
    page.wait_for_load_state("load")  # and so are the scripts
    page.keyboard.press("/")
    page.keyboard.type("cook")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="A Recipe").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A Recipe")


def test_a_vote_without_scripts_asks_to_sign_in(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="vote for A Recipe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_from_a_list_to_a_mail_and_out_again(new_page: NewPage, sink: Sink) -> None:
    page = new_page(timezone_id="Europe/Paris")
    page.goto("/?tag=diffusion&period=day")
    page.get_by_role("textbox", name="Your email address").fill(ADDRESS)
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    assert not faults(page, "asked")

    page.goto(link(mail_with(sink, ADDRESS, "/confirm/"), "/subscriptions/confirm/"))
    page.get_by_label("How often").select_option("every day")
    page.get_by_label("At", exact=True).select_option("0:00")
    page.get_by_role("button", name="Yes, send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is ordered")
    assert not faults(page, "confirmed")

    order = Subscription.objects.get()
    assert (order.email, order.timezone, order.query) == (ADDRESS, "Europe/Paris", "tag=diffusion")
    Subscription.objects.update(confirmed_at=timezone.now() - timedelta(days=2))
    ring(timezone.now())
    mail = mail_with(sink, ADDRESS, "A Diffusion Model")
    assert "A Recipe" not in text_of(mail)

    page.goto(link(mail, "/subscriptions/end/"))
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It has ended")
    assert not faults(page, "ended")
    assert Subscription.objects.get().ended_at


def test_signing_in_by_a_code_and_voting(new_page: NewPage, sink: Sink, django_user_model) -> None:
    django_user_model.objects.create_user(VOTER)
    page = new_page()
    page.goto("/")
    page.get_by_role("button", name="vote for A Recipe").click()
    page.locator("main").get_by_role("textbox").fill(VOTER)
    page.get_by_role("button", name="Send me a code").click()
    sent = code(mail_with(sink, VOTER, "Your code"))
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    assert not faults(page, "code")
    page.locator("main").get_by_role("textbox").first.fill(sent)
    page.get_by_role("button", name="Go on").click()
    button = page.get_by_role("button", name="vote for A Recipe")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    assert Vote.objects.count() == 1
    assert page.url.endswith("/")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert not Vote.objects.exists()


def test_a_vote_without_any_cookie_leads_to_signing_in(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    page.context.clear_cookies()
    page.get_by_role("button", name="vote for A Recipe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
