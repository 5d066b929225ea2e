"""Voting with a button: with scripts, without, and signed out."""

import pytest
from django.test import Client

from feeds.models import Paper, Vote
from tests.factories import entry, put_in
from tests.readers import reader as made
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
VOTE = "/papers/2604.00123/vote"
BY_HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(entry("First", upvotes=9), entry("Second", id="2604.00123", upvotes=9))


@pytest.fixture
def reader(client) -> Client:
    client.force_login(made())
    return client


def titles(page: Element) -> list[str]:
    return [one.one("h2").text for one in page.all("li", class_="paper")]


def button(page: Element) -> Element:
    return page.one("button", formaction=VOTE)


def test_a_vote_moves_a_paper_up_and_leads_back_to_it(reader) -> None:
    assert titles(read(reader.get("/"))) == ["First", "Second"]
    answer = reader.post(VOTE, {"next": "/date/2026-04-24?sort=hot"})
    number = Paper.objects.get(arxiv_id="2604.00123").id
    assert answer["Location"] == f"/date/2026-04-24?sort=hot#p{number}"
    page = read(reader.get("/"))
    assert titles(page) == ["Second", "First"]
    assert button(page)["aria-pressed"] == "true"
    assert button(page).text == "10 votes, vote for Second"


def test_a_second_press_takes_the_vote_back(reader) -> None:
    reader.post(VOTE)
    reader.post(VOTE)
    page = read(reader.get("/"))
    assert titles(page) == ["First", "Second"]
    assert button(page)["aria-pressed"] == "false"
    assert not Vote.objects.exists()


def test_a_script_gets_the_button_alone(reader) -> None:
    part = read(reader.post(VOTE, **BY_HTMX))
    assert [one.tag for one in part.walk()] == ["button", "b", "span"]
    assert (button(part).one("b").text, button(part)["aria-pressed"]) == ("10", "true")
    assert button(read(reader.post(VOTE, **BY_HTMX)))["aria-pressed"] == "false"


def test_the_paper_page_votes_too(reader) -> None:
    reader.post(VOTE, {"next": "/papers/2604.00123"})
    assert button(read(reader.get("/papers/2604.00123")))["aria-pressed"] == "true"


def test_signed_out_the_vote_leads_to_sign_in_and_back(client) -> None:
    wanted = "/account/login/?next=%2Ft%2Fdiffusion%3Fsort%3Dnew"
    assert client.post(VOTE, {"next": "/t/diffusion?sort=new"})["Location"] == wanted
    part = client.post(VOTE, {"next": "/t/diffusion?sort=new"}, **BY_HTMX)
    assert (part.status_code, part["HX-Redirect"]) == (204, wanted)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:x", ""])
def test_a_vote_leads_to_no_other_site(reader, back) -> None:
    assert reader.post(VOTE, {"next": back})["Location"].startswith("/papers/2604.00123#")


def test_only_a_post_votes(reader) -> None:
    assert reader.get(VOTE).status_code == 405
    assert reader.head(VOTE).status_code == 405
    assert not Vote.objects.exists()


def test_a_vote_needs_the_token_of_its_page() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(made())
    refused = strict.post(VOTE)
    assert refused.status_code == 403
    assert "Nothing was changed" in read(refused).one("main").text
    form = read(strict.get("/")).one("form", id="votes")
    token = form.one("input", name="csrfmiddlewaretoken")["value"]
    assert strict.post(VOTE, {"csrfmiddlewaretoken": token}).status_code == 302
    assert Vote.objects.count() == 1


def test_a_vote_for_no_paper_is_not_found(reader) -> None:
    assert reader.post("/papers/2604.99999/vote").status_code == 404


def test_the_vote_of_a_new_account_is_kept_and_says_that_it_counts_later(client) -> None:
    client.force_login(made(days=0))
    part = read(client.post(VOTE, **BY_HTMX))
    assert (button(part)["aria-pressed"], button(part).one("b").text) == ("true", "9")
    assert button(part).one("small").text == "counts later"
    assert titles(read(client.get("/"))) == ["First", "Second"]
    client.post(VOTE)
    page = read(client.post(VOTE, {"next": "/"}, follow=True))
    assert (
        "Your vote is kept. It will count within a day." in page.one("div", class_="messages").text
    )


def test_a_vote_that_is_refused_says_why(client) -> None:
    client.force_login(made(confirmed=False))
    assert client.post(VOTE, **BY_HTMX).status_code == 409
    page = read(client.post(VOTE, {"next": "/"}, follow=True))
    assert "A vote needs a confirmed address." in page.one("div", class_="messages").text
    assert not Vote.objects.exists()
