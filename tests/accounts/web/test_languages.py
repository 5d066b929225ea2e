"""Ordering and managing mail in German: the order keeps it, and its owner changes it."""

import pytest
from django.test import Client

from accounts import tokens
from accounts.models import Subscription, User
from tests.accounts.web.conftest import ADDRESS, link_in
from tests.web.document import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def german() -> Client:
    """A browser that wants German."""
    return Client(headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})


def test_what_is_ordered_in_german_is_confirmed_and_comes_in_german(
    german, asks, mailoutbox
) -> None:
    page = asks(client=german, cadence="weekdays", hour="8", timezone="Europe/Vienna")
    assert "Bitte ins Postfach sehen" in page.text
    assert "montags bis freitags um 8:00 Uhr, Europe/Vienna" in page.text
    assert Subscription.objects.get().language == "de"
    assert mailoutbox[0].subject == "Papers von Broadsheet bestätigen"
    assert "    Papers im Trend\n" in mailoutbox[0].body


def test_the_language_of_the_last_asking_counts_until_it_is_confirmed(
    german, asks, post, mailoutbox
) -> None:
    asks(client=german)
    asks()
    assert Subscription.objects.get().language == "en"
    post(link_in(mailoutbox[-1]))
    asks(client=german)
    assert Subscription.objects.get().language == "en"
    assert "You get it already" in mailoutbox[-1].body


def test_its_owner_chooses_another_language_for_it(confirmed, post) -> None:
    page = f"/subscriptions/{tokens.write('manage', confirmed)}"
    shown = read(Client().get(page))
    (choice,) = shown.all("select", name="language")
    assert [option.text for option in choice.all("option")] == ["English", "Deutsch"]
    rhythm = {"cadence": "daily", "hour": 7, "timezone": "UTC", "most": 10, "paused_until": ""}
    said = {"action": "change", "order": confirmed.uid, "language": "de"}
    assert post(page, said | rhythm).status_code == 303
    assert Subscription.objects.get().language == "de"
    post(page, said | rhythm | {"language": "tlh"})
    post(page, said | rhythm | {"language": ""})
    assert Subscription.objects.get().language == "de"


def test_the_page_of_ones_mail_reads_in_german(confirmed, german) -> None:
    page = read(german.get(f"/subscriptions/{tokens.write('manage', confirmed)}"))
    assert "Kommt montags bis freitags um 8:00 Uhr, Europe/Paris; das nächste Mal am" in page.text


def test_a_code_to_sign_in_comes_in_the_language_of_the_page(german, mailoutbox) -> None:
    User.objects.create_user(ADDRESS)
    german.post("/account/login/", {"login": ADDRESS})
    Client().post("/account/login/", {"login": ADDRESS})
    assert [mail.body.splitlines()[0] for mail in mailoutbox] == [
        "Der Code zum Anmelden:",
        "Your code to sign in:",
    ]
    assert mailoutbox[0].subject.endswith(" ist der Code für Broadsheet")
    assert [mail.extra_headers["Content-Language"] for mail in mailoutbox] == ["de", "en"]
