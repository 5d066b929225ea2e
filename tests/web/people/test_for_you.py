"""The pages of a reader's own order: signed in alone, taken back with one click, scripts or not."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from feeds.for_you import learning
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
PAGE = "/for-you"


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("Wild bees", id="2604.00001", summary="Bees on meadows.", authors=["Ada Apis"]),
        entry("Honey", id="2604.00002", summary="Bees make honey.", authors=["Ed Mel"]),
        *(entry(id=f"2604.100{n}", authors=[f"Other No{n}"]) for n in range(10, 14)),
    )


@pytest.fixture
def ada(as_person) -> Client:
    return as_person("Ada")


def learn() -> None:
    for person in get_user_model().objects.values_list("pk", flat=True):
        learning.learn(person, timezone.now())


def titles(page: Element) -> list[str]:
    return [one.one("h2").text for one in page.all("li", class_="paper")]


def press(client: Client, page: str, label: str) -> Element:
    """Presses the button of that label on the page, as a browser without scripts does."""
    there = read(client.get(page))
    button = next(one for one in there.all("button") if one.text == label)
    given = {button["name"]: button["value"], "next": page}
    answer = read(client.post(button.get("formaction") or page, given, follow=True))
    learn()
    return answer


def test_who_is_not_signed_in_is_asked_to(client) -> None:
    for page in (PAGE, "/?sort=for_you", "/date/2026-04-24?sort=for_you"):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=")
    assert "For you" not in read(client.get("/")).one("nav").text


def test_before_the_first_deed_the_page_says_what_to_do(ada) -> None:
    page = read(ada.get(PAGE))
    assert page.one("p", class_="editors").text.startswith("Vote for a few papers")
    assert not titles(page)


def test_a_saved_paper_orders_the_page_and_each_paper_says_why(ada) -> None:
    ada.post("/papers/2604.00001/save", {"next": "/"})
    learn()
    page = read(ada.get(PAGE))
    assert titles(page)[0] == "Honey"
    assert titles(page)[-1] == "Wild bees"
    first = page.all("li", class_="paper")[0]
    assert first.one("p", class_="stands").text == "Because of “bees”."
    ledger = [row.text for row in first.one("table").all("th")]
    assert ledger[0] == "“bees”"
    assert "every paper" in ledger


def test_less_like_this_is_taken_back_with_one_click(ada) -> None:
    ada.post("/papers/2604.00001/save", {"next": "/"})
    learn()
    said = press(ada, PAGE, "less like this: Honey")
    assert said.all("p", class_="stands")[0].text == "You will see less like “Honey”. Undo"
    assert titles(read(ada.get(PAGE)))[-1] == "Honey"
    press(ada, PAGE, "undo less like this: Honey")
    assert titles(read(ada.get(PAGE)))[0] == "Honey"


def test_what_was_learned_is_told_downloaded_forgotten_and_switched_off(ada) -> None:
    ada.post("/papers/2604.00001/save", {"next": "/"})
    learn()
    there = f"{PAGE}/learned"
    page = read(ada.get(there))
    assert "Learned from 1 saved paper." in page.text
    assert "bees" in [one.text for one in page.all("ol")[0].all("span")]
    told = json.loads(ada.post(there, {"action": "export"}).content)
    assert told["learned_from"] == {"saved": 1}
    assert "Forgotten." in press(ada, there, "Forget it").text
    assert not titles(read(ada.get(PAGE)))
    assert "For you is off." in press(ada, there, "Switch it off").text
    assert "For you is switched off." in read(ada.get(PAGE)).text
    press(ada, there, "Switch it on")
    ada.post("/papers/2604.00002/save", {"next": "/"})
    learn()
    assert set(titles(read(ada.get(PAGE)))[-2:]) == {"Wild bees", "Honey"}


def test_any_list_can_stand_in_ones_own_order(ada) -> None:
    ada.post("/papers/2604.00001/save", {"next": "/"})
    learn()
    assert read(ada.get("/date/2026-04-24")).link("for you") == "/date/2026-04-24?sort=for_you"
    assert titles(read(ada.get("/date/2026-04-24?sort=for_you")))[0] == "Honey"


def test_headlines_can_be_asked_for_less_too(ada) -> None:
    ada.post("/papers/2604.00001/save", {"next": "/"})
    learn()
    ada.post("/show", {"show": "headlines", "next": PAGE})
    papers = read(ada.get(PAGE)).all("li", class_="headline")
    assert papers
    assert all(paper.one("button", class_="less") for paper in papers)
