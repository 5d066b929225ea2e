"""A code by mail signs a reader in; no page tells whether an address is known."""

import re

import pytest
import time_machine
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db

ADDRESS = "reader@example.org"


@pytest.fixture
def known() -> User:
    return User.objects.create_user(ADDRESS)


def code_in(message: EmailMessage) -> str:
    found = re.search(r"^    (\S+)$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def ask(client: Client, address: str = ADDRESS, **more: str):
    return client.post("/account/login/", {"login": address, **more}, follow=True)


def type_in(client: Client, code: str, **more: str):
    return client.post("/account/login/code/confirm/", {"code": code, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_new_reader_makes_an_account_with_a_code_and_no_password(client, mailoutbox):
    page = client.post("/account/signup/", {"email": ADDRESS}, follow=True)
    assert "Type the code" in page.text
    assert not signed_in(client)
    client.post("/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert signed_in(client)
    assert not User.objects.get(email=ADDRESS).has_usable_password()


def test_a_known_reader_signs_in_with_a_code(client, known, mailoutbox):
    ask(client)
    assert not signed_in(client)
    assert type_in(client, code_in(mailoutbox[0])).status_code == 302
    assert client.session["_auth_user_id"] == str(known.pk)


def test_the_address_may_be_written_in_capitals(client, known, mailoutbox):
    ask(client, ADDRESS.upper())
    type_in(client, code_in(mailoutbox[0]))
    assert signed_in(client)


def test_the_sign_in_form_asks_for_an_address_and_nothing_else(client):
    form = client.get("/account/login/").text
    assert 'type="password"' not in form
    assert 'type="checkbox"' not in form


def test_after_signing_in_the_reader_is_back_where_they_were(client, known, mailoutbox):
    ask(client, next="/trending")
    code = code_in(mailoutbox[0])
    assert type_in(client, code, next="/trending").url == "/trending"


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_signing_in_leads_to_no_other_site(client, known, mailoutbox, place):
    ask(client, next=place)
    assert type_in(client, code_in(mailoutbox[0]), next=place).url == "/"


def test_a_known_and_an_unknown_address_get_the_same_page(client, known, mailoutbox):
    pages = [ask(Client(), address) for address in (ADDRESS, "nobody@example.org")]
    shown = [
        re.sub(r'value="[^"]{30,}"', "", page.text).replace(address, "ADDRESS")
        for page, address in zip(pages, (ADDRESS, "nobody@example.org"), strict=True)
    ]
    assert shown[0] == shown[1]
    assert "No account has it." in mailoutbox[1].body


def test_signing_up_with_a_known_address_looks_as_with_a_new_one(client, known, mailoutbox):
    pages = [
        Client().post("/account/signup/", {"email": address}, follow=True)
        for address in (ADDRESS, "nobody@example.org")
    ]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert "There is one already" in mailoutbox[0].body
    assert f"{settings.SITE_URL}/account/login/" in mailoutbox[0].body


def test_a_wrong_code_is_told_and_signs_nobody_in(client, known, mailoutbox):
    ask(client)
    page = type_in(client, "WRONG")
    assert "That is not the code" in page.text
    assert not signed_in(client)


def test_three_wrong_codes_end_the_attempt_even_for_the_right_one(client, known, mailoutbox):
    ask(client)
    for _ in range(3):
        type_in(client, "WRONG")
    type_in(client, code_in(mailoutbox[0]))
    assert not signed_in(client)


def test_wrong_codes_for_an_unknown_address_end_as_for_a_known_one(client, known, mailoutbox):
    answers = []
    for address in (ADDRESS, "nobody@example.org"):
        reader = Client()
        ask(reader, address)
        answers.append([type_in(reader, "WRONG").status_code for _ in range(4)])
    assert answers[0] == answers[1]


def test_a_code_is_too_old_after_ten_minutes(client, known, mailoutbox):
    with time_machine.travel("2026-04-24T08:00:00+00:00", tick=False) as clock:
        ask(client)
        clock.shift(601)
        type_in(client, code_in(mailoutbox[0]))
    assert not signed_in(client)


def test_a_second_code_may_be_asked_for_and_then_the_first_is_void(client, known, mailoutbox):
    ask(client)
    client.post("/account/login/code/confirm/", {"action": "resend"})
    first, second = map(code_in, mailoutbox)
    type_in(client, first)
    assert not signed_in(client)
    type_in(client, second)
    assert signed_in(client)


def test_codes_for_one_address_are_limited_in_words(client, known, mailoutbox):
    pages = [ask(Client()) for _ in range(5)]
    assert len(mailoutbox) == 3
    assert "too" in pages[-1].text.lower()


def test_asking_from_one_place_is_limited_by_a_page_that_says_so(client, mailoutbox):
    for number in range(20):
        Client().post("/account/signup/", {"email": f"n{number}@example.org"})
    page = Client().post("/account/signup/", {"email": "one.more@example.org"})
    assert page.status_code == 429
    assert "That was too often" in page.text
    assert int(page["Retry-After"]) > 0


def test_the_mails_say_who_writes_and_lead_to_this_site_whatever_host_was_named(mailoutbox):
    ask(Client(HTTP_HOST="localhost"), "nobody@example.org")
    message = mailoutbox[0]
    assert settings.SITE_NAME in message.subject
    assert f"{settings.SITE_URL}/account/signup/" in message.body
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert message.to == ["nobody@example.org"]


@pytest.mark.parametrize(
    "page", ["password/change/", "password/set/", "password/reset/", "reauthenticate/"]
)
def test_pages_about_passwords_lead_to_where_a_code_is_asked_for(client, page):
    assert client.get(f"/account/{page}").url == "/account/login/"


def test_where_mail_cannot_be_sent_the_reader_is_told(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    page = client.post("/account/login/", {"login": ADDRESS})
    assert page.status_code == 503
    assert "cannot send mail just now" in page.text
    assert ADDRESS not in caplog.text


def test_no_address_is_in_a_url_on_the_way(client, known, mailoutbox):
    for path, name in (("/account/login/", "login"), ("/account/signup/", "email")):
        page = Client().post(path, {name: ADDRESS}, follow=True)
        assert page.redirect_chain
        assert not [url for url, _ in page.redirect_chain if "example.org" in url]


def test_answers_come_at_even_moments_and_refusals_at_once(mailoutbox, settings, monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    settings.ANSWER_STEP_MS = 10_000
    for path, name in (("/account/login/", "login"), ("/account/signup/", "email")):
        Client().get(path)
        assert slept == []
        Client().post(path, {name: ADDRESS})
        assert 0 < slept.pop() <= 10
    answers = [Client().post("/account/signup/", {"email": f"n{n}@example.org"}) for n in range(20)]
    assert len(slept) == sum(answer.status_code != 429 for answer in answers) < 20
