"""Giving a paper on pages and by the API, and deciding on it at the desk."""

import pytest
from django.test import Client
from django.utils import timezone

from feeds import submitting
from feeds.models import Submission
from tests.archives import ABSTRACT, open_archives
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
LANTERNS = "2604.00123"
API = "/api/v1/submissions"


@pytest.fixture(autouse=True)
def _archives(db, site, settings) -> None:
    open_archives(site, settings)


def give(browser: Client, text: str = LANTERNS) -> str:
    """The page of the submission that comes of it."""
    answer = browser.post("/submit", {"paper": text})
    assert answer.status_code == 302, read(answer).one("main").text
    return answer["Location"]


def fetched(ask) -> None:
    now = timezone.now()
    for submission_id in submitting.unfetched(now):
        submitting.fetch(submission_id, now, ask)


def main(browser: Client, address: str) -> Element:
    return read(browser.get(address)).one("main")


def test_a_paper_goes_from_a_reader_over_the_desk_to_its_page(as_person, ask) -> None:
    ada, cy = as_person("Ada"), as_person("Cy", is_staff=True)
    address = give(ada)
    assert "is being fetched" in main(ada, address).text
    assert "is being fetched" in ada.get(f"{address}/state").content.decode()
    fetched(ask)
    assert ada.get(f"{address}/state")["HX-Refresh"] == "true"
    shown = main(ada, address)
    assert shown.one("h1").text == "Lanterns for Small Models"
    assert ABSTRACT in shown.text
    assert ada.post(address, {"action": "send", "why": "Short."})["Location"] == "/submit"
    assert "Waits for the curators" in main(ada, "/submit").text
    line = main(cy, "/desk/submissions").all("ol", class_="rows")[0].one("li")
    assert "Given by Ada" in line.text
    assert ": Short." in line.text
    cy.post(line.all("form")[0]["action"], {"action": "accept"})
    assert "Accepted" in main(ada, "/submit").text
    page = read(Client().get(f"/papers/{LANTERNS}")).one("main").text
    assert "submitted by Ada" in page
    assert "example.org" not in page


def test_who_sends_a_paper_may_choose_a_name_for_it(as_person, ask) -> None:
    ada, cy = as_person("Ada"), as_person("Cy", is_staff=True)
    address = give(ada)
    fetched(ask)
    refused = ada.post(address, {"action": "send", "name": "ada@example.org", "why": "Short."})
    assert (refused.status_code, "no mail address" in refused.content.decode()) == (409, True)
    assert read(refused).one("input", id="why")["value"] == "Short."
    ada.post(address, {"action": "send", "name": "Countess"})
    cy.post(f"/desk/submissions/{Submission.objects.get().pk}", {"action": "accept"})
    page = read(Client().get(f"/papers/{LANTERNS}")).one("main").text
    assert "submitted by Countess" in page


def test_a_paper_is_declined_with_a_reason_that_its_reader_sees(as_person, ask) -> None:
    ada, cy = as_person("Ada"), as_person("Cy", is_staff=True)
    address = give(ada)
    fetched(ask)
    ada.post(address, {"action": "send"})
    decide = f"/desk/submissions/{Submission.objects.get().pk}"
    refused = cy.post(decide, {"action": "decline", "reason": " "})
    assert refused.status_code == 409
    assert "Write a reason" in read(refused).one("p", class_="errors").text
    cy.post(decide, {"action": "decline", "reason": "It is an advertisement."})
    assert "It is an advertisement." in main(ada, address).text
    cy.post(decide, {"action": "undo"})
    assert Submission.objects.get().state == "waiting"
    assert cy.post(decide, {"action": "burn"}).status_code == 404


def test_what_cannot_be_submitted_says_why_and_keeps_what_was_typed(as_person) -> None:
    put_in(entry("Here", id=LANTERNS))
    ada = as_person("Ada")
    known = ada.post("/submit", {"paper": f"arXiv:{LANTERNS}"})
    assert known.status_code == 400
    error = read(known).one("p", class_="errors")
    assert error.one("a")["href"] == f"/papers/{LANTERNS}"
    strange = read(ada.post("/submit", {"paper": "<b>On lamps</b>"}))
    assert "Give an arXiv id like" in strange.one("p", class_="errors").text
    assert strange.one("input", id="paper")["value"] == "<b>On lamps</b>"


def test_beyond_the_days_limit_it_says_so(as_person) -> None:
    ada = as_person("Ada")
    for number in range(submitting.MOST_A_DAY):
        give(ada, f"2604.{number:05}")
    assert ada.post("/submit", {"paper": LANTERNS}).status_code == 429
    by_api = ada.post(API, {"paper": LANTERNS}, content_type="application/json")
    assert (by_api.status_code, by_api["Content-Type"]) == (429, "application/problem+json")


def test_a_submission_is_withdrawn(as_person, ask) -> None:
    ada = as_person("Ada")
    address = give(ada)
    fetched(ask)
    ada.post(address, {"action": "withdraw"})
    assert "Withdrawn" in main(ada, "/submit").text
    late = ada.post(address, {"action": "send"})
    assert (late.status_code, "withdrawn by now" in late.content.decode()) == (409, True)


# Who may do what: the status for a stranger, the one who gave it, another reader, a curator.
MAY = [
    ("get", "/submit", (302, 200, 200, 200)),
    ("post", "/submit", (302, 400, 400, 400)),
    ("get", "/submit/{id}", (302, 200, 404, 404)),
    ("post", "/submit/{id}", (302, 404, 404, 404)),
    ("get", "/submit/{id}/state", (302, 200, 404, 404)),
    ("get", "/desk/submissions", (302, 404, 404, 200)),
    ("post", "/desk/submissions/{id}", (302, 404, 404, 404)),
    ("get", API, (401, 200, 200, 200)),
    ("post", API, (401, 415, 415, 415)),
]


@pytest.mark.parametrize(("method", "address", "statuses"), MAY)
def test_each_may_do_what_is_theirs(as_person, method, address, statuses) -> None:
    ada = as_person("Ada")
    give(ada)
    address = address.format(id=Submission.objects.get().pk)
    people = (Client(), ada, as_person("Ben"), as_person("Cy", is_staff=True))
    assert tuple(getattr(one, method)(address).status_code for one in people) == statuses
    assert Submission.objects.get().state == "fetching"


def test_what_one_person_gave_is_at_no_page_of_another(as_person, ask) -> None:
    ada, ben = as_person("Ada"), as_person("Ben")
    give(ada)
    fetched(ask)
    for address in ("/submit", API, "/", "/feed.rss?period=all"):
        assert "Lanterns" not in ben.get(address).content.decode()
    assert [one["title"] for one in ada.get(API).json()["submissions"]] == [
        "Lanterns for Small Models"
    ]


def test_the_api_sends_a_paper_on_once_it_is_fetched(as_person, ask) -> None:
    ada = as_person("Ada")
    given = {"paper": LANTERNS, "why": "Short."}
    answer = ada.post(API, given, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (200, "fetching")
    again = ada.post(API, given, content_type="application/json")
    assert again.json()["id"] == answer.json()["id"]
    fetched(ask)
    (one,) = ada.get(API).json()["submissions"]
    assert (one["state"], one["why"], one["arxiv_id"]) == ("waiting", "Short.", LANTERNS)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"paper": 1}', 400),
        ("[]", 400),
        ("{", 400),
        ('{"why": "x"}', 400),
        ('{"paper": "lamps"}', 409),  # well formed, but it names no paper
    ],
)
def test_the_api_says_what_is_wrong(as_person, body, status) -> None:
    answer = as_person("Ada").post(API, body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
