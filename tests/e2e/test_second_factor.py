"""A second factor in a browser, from setting it up to turning it off; each page is for everyone."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.accounts.smtp import Sink
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.e2e.mail import code, mail_with

pytestmark = pytest.mark.django_db(transaction=True)
WHO = "guarded@example.org"


def sign_in(page: Page, sink: Sink) -> None:
    """With the code from the mailbox."""
    sink.sent.clear()
    page.goto("/account/login/")
    page.locator("main").get_by_role("textbox").fill(WHO)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    sent = code(mail_with(sink, WHO, "Your code"))
    page.locator("main").get_by_role("textbox").first.fill(sent)
    page.get_by_role("button", name="Go on").click()


def shown(secret: str, periods_on: int = 0) -> str:
    """What an app shows, or what it shows next: our clock may be that far behind."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_on))


def test_a_second_factor_from_setting_it_up_to_turning_it_off(
    new_page: NewPage, sink: Sink, django_user_model
) -> None:
    django_user_model.objects.create_user(WHO)
    page = new_page()
    sign_in(page, sink)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/account/sessions/")
    page.get_by_role("link", name="A second factor").click()
    page.get_by_role("link", name="Set it up").click()
    expect(page.get_by_label("The code that your app shows")).to_be_visible()
    assert not faults(page, "second-factor-set-up")
    secret = page.get_by_label("The secret", exact=True).input_value()
    page.get_by_label("The code that your app shows").fill(shown(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    assert not faults(page, "second-factor-codes")
    spare = page.locator("ul.codes li").first.text_content() or ""
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, sink)
    expect(page.get_by_role("heading", name="Now the code from your device")).to_be_visible()
    assert not faults(page, "second-factor-asked")
    page.get_by_label("The code that your app shows").fill(shown(secret, 1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/account/2fa/reauthenticate/?next=/account/2fa/")
    assert not faults(page, "second-factor-asked-again")
    page.get_by_label("The code that your app shows").fill(spare)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()
    assert not faults(page, "second-factor-on")
    page.get_by_role("link", name="Turn it off").click()
    expect(page.get_by_role("button", name="Turn it off")).to_be_visible()
    assert not faults(page, "second-factor-off")
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_text("The second factor is off.")).to_be_visible()
