"""A second factor: set up, asked for, lost; and what stands behind one."""

import re
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import personal, tokens
from accounts.models import ApiKey, RoleAct, Subscription, User
from tests.accounts.web.test_signing_in import ADDRESS, ask, code_in, signed_in, type_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
SET_UP, ASKED = "/account/2fa/totp/activate/", "/account/2fa/authenticate/"
NOON = "2026-04-24T12:00:00+00:00"


class Device:
    """An app that shows codes."""

    def __init__(self, clock: Any) -> None:
        self.clock, self.secret = clock, ""

    def code(self, later: int = 0) -> str:
        """The one that it shows, after that many seconds, which then have passed."""
        self.clock.shift(later)
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))


@pytest.fixture
def device():
    with time_machine.travel(NOON, tick=False) as clock:
        yield Device(clock)


@pytest.fixture
def ada(device) -> User:
    return User.objects.create_user(ADDRESS)


@pytest.fixture
def admin(device) -> User:
    return User.objects.create_superuser(ADDRESS)


def sign_in(client: Client, mailoutbox, **more: str):
    """With the code from the mailbox alone."""
    ask(client, **more)
    return type_in(client, code_in(mailoutbox[-1]), **more)


def set_up(client: Client, device: Device):
    device.secret = read(client.get(SET_UP)).one("input", id="secret")["value"]
    return client.post(SET_UP, {"code": device.code()}, follow=True)


def guarded(client: Client, device: Device, mailoutbox) -> list[str]:
    """Signs in and sets up a second factor: the recovery codes, the browser signed out again."""
    sign_in(client, mailoutbox)
    page = set_up(client, device)
    client.post("/account/logout/")
    return [one.text for one in read(page).one("ul", class_="codes").all("code")]


def test_setting_one_up_shows_recovery_codes_and_tells_its_person_by_mail(
    client, ada, device, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    sign_in(client, mailoutbox)
    with django_capture_on_commit_callbacks(execute=True):
        page = set_up(client, device)
    assert len(read(page).one("ul", class_="codes").all("code")) == 10
    assert "has a second factor now" in mailoutbox[-1].body
    assert "/account/sessions/" in mailoutbox[-1].body
    act = RoleAct.objects.get()
    assert (act.person, act.what, act.given, act.made_by) == (ada, "factor", True, ada)
    kept = str(Authenticator.objects.values_list("data", flat=True))
    assert device.secret not in kept
    assert device.secret not in str(personal.export(ADDRESS, act.made_at))
    assert "no-store" in client.get("/account/2fa/recovery-codes/")["Cache-Control"]


def test_signing_in_then_takes_both_codes_each_of_them_once(client, ada, device, mailoutbox):
    guarded(client, device, mailoutbox)
    assert sign_in(client, mailoutbox, next="/trending").url == ASKED
    assert not signed_in(client)
    wrong = client.post(ASKED, {"code": "000000"})
    assert "That is not the code" in read(wrong).one("p", class_="errors").text
    code = device.code(later=30)
    client.post(ASKED, {"code": code})
    assert signed_in(client)
    other = Client()
    sign_in(other, mailoutbox)
    device.clock.shift(31)  # it would hold still
    other.post(ASKED, {"code": code})
    assert not signed_in(other)


def test_a_recovery_code_stands_in_once_for_a_lost_device(client, ada, device, mailoutbox):
    codes = guarded(client, device, mailoutbox)
    for browser, lets_in in ((client, True), (Client(), False)):
        sign_in(browser, mailoutbox)
        browser.post(ASKED, {"code": codes[3]})
        assert signed_in(browser) is lets_in


def test_codes_cannot_be_tried_without_end(client, ada, device, mailoutbox) -> None:
    guarded(client, device, mailoutbox)
    sign_in(client, mailoutbox)
    for number in range(6):
        page = client.post(ASKED, {"code": f"{number:06}"})
    assert "Too many" in read(page).one("p", class_="errors").text
    client.post(ASKED, {"code": device.code(later=30)})
    assert not signed_in(client)


def test_a_browser_that_was_left_open_cannot_set_one_up(client, ada, device, mailoutbox) -> None:
    sign_in(client, mailoutbox)
    device.clock.shift(3600)
    page = client.get(SET_UP)
    assert "Sign in anew" in read(page).one("h1").text
    assert "secret" not in page.text
    client.post(SET_UP, {"code": "000000"})
    assert not Authenticator.objects.exists()


def test_turning_it_off_asks_for_it_again_and_is_told_and_kept(client, ada, device, mailoutbox):
    guarded(client, device, mailoutbox)
    sign_in(client, mailoutbox)
    client.post(ASKED, {"code": device.code(later=30)})
    device.clock.shift(3600)
    off = "/account/2fa/totp/deactivate/"
    assert client.post(off).url.startswith("/account/2fa/reauthenticate/")
    assert Authenticator.objects.count() == 2
    client.post("/account/2fa/reauthenticate/", {"code": device.code(later=30)})
    client.post(off)
    assert not Authenticator.objects.exists()
    assert "was turned off" in mailoutbox[-1].body
    assert not RoleAct.objects.last().given


def test_what_matters_takes_it_once_more_after_some_minutes(client, ada, device, mailoutbox):
    guarded(client, device, mailoutbox)
    sign_in(client, mailoutbox)
    client.post(ASKED, {"code": device.code(later=30)})
    device.clock.shift(3600)
    assert client.get("/account/keys").status_code == 200
    key = {"name": "A program", "scopes": "read", "days": "30"}
    door = client.post("/account/keys", key)
    assert door.url == "/account/2fa/reauthenticate/?next=%2Faccount%2Fkeys"
    assert not ApiKey.objects.exists()
    client.post("/account/keys", key)
    made = client.post(door.url, {"code": device.code(later=30), "next": "/account/keys"})
    assert "shown this once" in made.text  # what was typed in before is not lost
    assert ApiKey.objects.count() == 1


def test_a_letter_alone_gives_or_erases_nothing_of_an_account_with_one(
    client, ada, device, mailoutbox
) -> None:
    order = Subscription.objects.create(email=ADDRESS, cadence="daily")
    letter = f"/subscriptions/data/{tokens.write('data', order)}"
    assert client.get(letter).status_code == 200
    guarded(client, device, mailoutbox)
    assert client.post(letter, {"action": "export"}).url == "/subscriptions/data"
    client.post(letter, {"action": "erase", "sure": "1"})
    assert User.objects.filter(pk=ada.pk).exists()


def test_where_the_secret_key_was_another_no_code_fits(client, ada, device, mailoutbox, settings):
    guarded(client, device, mailoutbox)
    settings.SECRET_KEY = "another-" * 9
    sign_in(client, mailoutbox)
    assert client.post(ASKED, {"code": device.code(later=30)}).status_code == 200
    assert not signed_in(client)


def test_an_admin_sets_one_up_before_they_enter(
    client, admin, device, mailoutbox, settings
) -> None:
    doors = ("/admin/", "/admin/accounts/user/", "/desk/people", "/desk/health")
    settings.SECOND_FACTOR = True
    sign_in(client, mailoutbox)
    for path in doors:
        page = client.get(path)
        assert page.status_code == 403
        assert read(page).one("main").one("a", class_="do")["href"] == SET_UP
    set_up(client, device)
    assert [client.get(path).status_code for path in doors] == [200] * 4
    settings.SECOND_FACTOR = False
    other = Client()
    other.force_login(admin)
    assert [other.get(path).status_code for path in doors] == [200] * 4


def test_a_browser_that_has_not_shown_it_is_asked_at_the_door(
    client, admin, device, mailoutbox, settings
) -> None:
    """As one that signed in before there was a second factor."""
    settings.SECOND_FACTOR = True
    early = Client()
    sign_in(early, mailoutbox)
    guarded(client, device, mailoutbox)
    door = early.get("/admin/accounts/user/").url
    assert door == "/account/2fa/reauthenticate/?next=%2Fadmin%2Faccounts%2Fuser%2F"
    there = early.post(
        door.partition("?")[0],
        {"code": device.code(later=30), "next": "/admin/accounts/user/"},
        follow=True,
    )
    assert there.status_code == 200
    assert there.redirect_chain == [("/admin/accounts/user/", 302)]


def test_no_password_opens_the_admin(client, admin, settings) -> None:
    admin.set_password("hunter2-hunter2")
    admin.save()
    typed = {"username": ADDRESS, "password": "hunter2-hunter2"}
    answer = client.post("/admin/login/?next=/admin/", typed)
    assert answer.url.startswith("/account/login/")
    assert not signed_in(client)
    reader = Client()
    reader.force_login(User.objects.create_user("somebody@example.org"))
    assert reader.get("/admin/", follow=True).status_code == 404


def test_an_operator_ends_it_where_the_device_is_lost(client, ada, device, mailoutbox) -> None:
    guarded(client, device, mailoutbox)
    sign_in(client, mailoutbox)
    client.post(ASKED, {"code": device.code(later=30)})
    with pytest.raises(CommandError, match="Add --yes"):
        call_command("person", "unguard", ADDRESS)
    call_command("person", "unguard", ADDRESS, "--yes")
    assert not Authenticator.objects.exists()
    assert client.get("/account/2fa/").status_code == 302  # signed out
    assert re.search("ended the second factor", mailoutbox[-1].body)
    act = RoleAct.objects.last()
    assert (act.person, act.given, act.by_command) == (ada, False, True)
    with pytest.raises(CommandError, match="no second factor"):
        call_command("person", "unguard", ADDRESS, "--yes")
    assert sign_in(client, mailoutbox).url == "/"


def test_an_admin_ends_it_at_the_desk_with_a_record(client, ada, device, mailoutbox) -> None:
    guarded(client, device, mailoutbox)
    desk = Client()
    desk.force_login(User.objects.create_superuser("boss@example.org"))
    found = read(desk.get("/desk/people", {"q": ADDRESS}))
    assert "Has a second factor" in found.one(id=f"found-{ada.pk}").text
    page = desk.post(f"/desk/people/{ada.pk}", {"unguard": "1"}, follow=True)
    assert "has no second factor any more" in read(page).one("main").text
    assert not Authenticator.objects.exists()


def test_the_admin_shows_who_has_one_and_nothing_that_opens_it(client, ada, device, mailoutbox):
    guarded(client, device, mailoutbox)
    client.force_login(User.objects.create_superuser("boss@example.org"))
    row = Authenticator.objects.first()
    page = client.get(f"/admin/mfa/authenticator/{row.pk}/change/")
    assert page.status_code == 200
    assert not re.search(r"secret|seed", read(page).one("main").text)
