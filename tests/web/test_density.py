"""Each reader chooses how much of a paper lists show, with scripts or without."""

import pytest

from tests.factories import entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
ABSTRACT = "Stones fall. We introduce Pebble, a sorter that listens to them. It is fast."


@pytest.fixture(autouse=True)
def _a_paper() -> None:
    put_in(entry("Pebble", id="2604.00001", summary=ABSTRACT))


def choose(client, name: str, back: str = "/") -> None:
    answer = client.post("/show", {"show": name, "next": back})
    assert (answer.status_code, answer["Location"]) == (302, back)


def page(client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_a_list_shows_gists_and_abstracts_that_open(client) -> None:
    shown = page(client)
    assert (
        '<p class="gist" dir="auto">We introduce Pebble, a sorter that listens to them.</p>'
        in shown
    )
    assert "<summary>abstract</summary>" in shown


@pytest.mark.parametrize("address", ["/", "/trending", "/date/2026-04-24", "/?q=pebble"])
def test_headlines_leave_out_all_but_what_is_voted_for(client, address) -> None:
    choose(client, "headlines", address)
    shown = page(client, address)
    assert "We introduce" not in shown.partition("<ol class=")[2]
    assert 'formaction="/papers/2604.00001/vote"' in shown


def test_abstracts_stand_open_and_say_nothing_twice(client) -> None:
    choose(client, "abstracts")
    shown = page(client).partition("<ol class=")[2]
    assert shown.count("We introduce Pebble") == 1
    assert "It is fast." in shown
    assert "<summary>abstract</summary>" not in shown


def test_what_is_chosen_is_marked_and_can_be_changed_back(client) -> None:
    choose(client, "headlines")
    assert 'value="headlines" aria-pressed="true"' in page(client)
    choose(client, "cards")
    assert 'value="cards" aria-pressed="true"' in page(client)


def test_an_unknown_choice_changes_nothing(client) -> None:
    choose(client, "everything")
    assert 'value="cards" aria-pressed="true"' in page(client)
    client.cookies["show"] = "junk"
    assert 'value="cards" aria-pressed="true"' in page(client)


def test_a_choice_leads_to_no_other_site(client) -> None:
    answer = client.post("/show", {"show": "cards", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("name", ["headlines", "cards", "abstracts"])
def test_a_page_in_german_says_that_titles_are_english(client, name) -> None:
    choose(client, name)
    answer = client.get("/", headers={"Accept-Language": "de"})
    shown = read(answer)
    assert shown.one("html")["lang"] == "de"
    assert shown.one("li", class_="paper").one("h2")["lang"] == "en"
