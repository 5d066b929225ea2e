"""Readers see where they are signed in, and end it."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import personal, signed_in, tasks
from accounts.models import User
from tests.accounts.web.test_signing_in import ADDRESS, ask, code_in, type_in
from tests.accounts.web.test_signing_in import signed_in as is_signed_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
PAGE = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def browsers(mailoutbox) -> tuple[Client, Client]:
    """Two in which one reader has signed in, the second one being a phone."""
    User.objects.create_user(ADDRESS)
    made = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": PHONE})
    for client in made:
        ask(client)
        type_in(client, code_in(mailoutbox[-1]))
        assert is_signed_in(client)
    return made


def test_each_browser_is_named_and_this_one_first(browsers) -> None:
    for client, first in zip(browsers, ("Firefox on Linux", "Chrome on Android"), strict=True):
        page = read(client.get(PAGE))
        names = [one.one("b").text for one in page.one("ul", class_="orders").all("li")]
        assert names[0] == first
        assert sorted(names) == ["Chrome on Android", "Firefox on Linux"]
        assert len(page.one("ul", class_="orders").all("button")) == 1


@pytest.mark.parametrize("which", ["one", "others"])
def test_the_other_browser_is_signed_out_at_once_and_this_one_stays(browsers, which) -> None:
    here, there = browsers
    other = UserSession.objects.get(session_key=there.session.session_key)
    answer = here.post(PAGE, {"end": other.pk if which == "one" else "others"}, follow=True)
    assert "You are signed out of 1 browser." in answer.text
    assert there.get("/account/keys").status_code == 302
    assert here.get("/account/keys").status_code == 200


def test_nobody_ends_what_is_another_persons(browsers, client) -> None:
    client.force_login(User.objects.create_user("another@example.org"))
    theirs = UserSession.objects.get(session_key=browsers[0].session.session_key)
    assert "Chrome" not in client.get(PAGE).text
    assert "already" in client.post(PAGE, {"end": theirs.pk}, follow=True).text
    assert browsers[0].get("/account/keys").status_code == 200
    assert client.post(PAGE, {"end": "x"}).status_code == 404


def test_what_ran_out_is_forgotten_with_its_address(browsers) -> None:
    Session.objects.filter(session_key=browsers[1].session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )
    tasks.sweep_sign_ins()
    assert UserSession.objects.count() == Session.objects.count() == 1
    person = User.objects.get().pk
    assert [one.system for one in signed_in.sign_ins(person, "")] == ["Linux"]


def test_what_is_kept_of_it_is_told_to_its_owner_without_what_opens_it(browsers) -> None:
    (mine, _) = personal.export(ADDRESS, timezone.now())["by_the_account"][
        "usersessions.UserSession.user"
    ]
    assert mine["ip"] == "127.0.0.1"
    assert "session_key" not in mine
