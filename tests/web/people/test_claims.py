"""Claiming a paper in the browser, and deciding on it at the desk."""

import pytest
from django.test import Client

from feeds.models import Claim, Paper
from tests.factories import entry, put_in
from tests.people import NOW, somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
PAGE = "/papers/2604.00001"
CLAIM = f"{PAGE}/claim"
GIVEN = {"action": "claim", "author": "Ada Lovelace", "why": "My <b>page</b>."}


@pytest.fixture
def browser(django_user_model):
    def signed_in(person: int) -> Client:
        made = Client()
        made.force_login(django_user_model.objects.get(pk=person))
        return made

    return signed_in


@pytest.fixture(autouse=True)
def _paper(db) -> None:
    put_in(entry("Engines", id="2604.00001", authors=["Ada Lovelace", "Ben Writer"]))


def test_from_the_paper_to_its_authors_page(browser) -> None:
    ada, curator = browser(somebody(None)), browser(somebody("Curator", is_staff=True))
    claim = read(ada.get(read(ada.get(PAGE)).link("I am an author of this")))
    assert claim.one("main").text.count("Ada Lovelace") == 1
    assert "Choose the name" in read(ada.post(CLAIM, GIVEN)).one("main").text
    ada.post(CLAIM, GIVEN | {"name": "Countess"})
    assert "waits for the curators" in read(ada.get(CLAIM)).one("main").text

    line = read(curator.get("/desk/claims")).one("main").text
    assert "Countess" in line
    assert "I am Ada Lovelace" in line
    assert "My <b>page</b>." in line
    curator.post(f"/desk/claims/{Claim.objects.get().pk}", {"action": "accept"})
    assert read(Client().get(PAGE)).link("Countess") == "/people/countess"
    assert read(Client().get("/people/countess")).link("Engines") == PAGE
    assert "the paper leads to your page" in read(ada.get(CLAIM)).one("main").text

    curator.post(f"/desk/claims/{Claim.objects.get().pk}", {"action": "undo"})
    assert "Countess" not in read(Client().get(PAGE)).one("main").text
    ada.post(CLAIM, {"action": "withdraw"})
    assert Claim.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (GIVEN | {"author": "Somebody Else"}, 409),
        (GIVEN | {"author": ""}, 409),
        ({"action": "withdraw"}, 409),
        ({"action": "steal"}, 404),
        ({}, 404),
    ],
)
def test_what_cannot_be_claimed_is_told(browser, given, status) -> None:
    answer = browser(somebody()).post(CLAIM, given)
    assert answer.status_code == status
    assert not Claim.objects.exists()


def test_a_paper_that_is_not_there_is_not_claimed(browser) -> None:
    Paper.objects.update(dropped_at=NOW)
    assert browser(somebody()).get(CLAIM).status_code == 404


def test_a_decision_without_a_reason_keeps_the_claim(browser) -> None:
    browser(somebody()).post(CLAIM, GIVEN)
    number = Claim.objects.get().pk
    moderator = browser(somebody(is_moderator=True))
    answer = moderator.post(f"/desk/claims/{number}", {"action": "decline"})
    assert answer.status_code == 409
    assert "Write a reason" in read(answer).one(id=f"claim-{number}").text
    assert moderator.post(f"/desk/claims/{number}", {"action": "x"}).status_code == 404
    moderator.post(f"/desk/claims/{number}", {"action": "decline", "reason": "Who are you?"})
    assert "Who are you?" in read(moderator.get("/desk/claims")).one("main").text
