"""Which address shows what, and what a wrong one answers."""

from datetime import date

import pytest

from feeds.query import parse
from feeds.web.addresses import address, author_address, filters_of
from tests.factories import DAY, entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def april(db) -> None:
    put_in(entry("Monday’s", summary="A diffusion model."), day=date(2026, 4, 20))
    put_in(entry("Friday’s"), day=DAY)
    put_in(entry("March’s"), day=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("path", "headline", "titles"),
    [
        ("/", "Friday, 24 April 2026", {"Friday’s"}),
        ("/date/2026-04-20", "Monday, 20 April 2026", {"Monday’s"}),
        ("/week/2026-W17", "Week 17: 20 to 26 April 2026", {"Friday’s", "Monday’s"}),
        ("/month/2026-04", "April 2026", {"Friday’s", "Monday’s"}),
        ("/?period=month&date=2026-03-30", "March 2026", {"March’s"}),
        ("/trending", "Trending papers", {"Friday’s", "Monday’s", "March’s"}),
        ("/?period=all&sort=new", "Newest papers", {"Friday’s", "Monday’s", "March’s"}),
        ("/t/diffusion", "Diffusion models", {"Monday’s"}),
        ("/t/diffusion?period=week", "Week 17: 20 to 26 April 2026", {"Monday’s"}),
        ("/?author=Ben+Writer&date=2026-04", "April 2026", {"Friday’s", "Monday’s"}),
    ],
)
def test_an_address_shows_its_period(client, april, path, headline, titles) -> None:
    page = read(client.get(path))
    assert page.one("h1").text.lower() == headline.lower()
    assert {one.one("h2").text for one in page.all("li", class_="paper")} == titles


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("date=2026-04-24", "/date/2026-04-24"),
        ("date=2026-W17&sort=top", "/week/2026-W17?sort=top"),
        ("date=2027-01-01&period=week", "/week/2026-W53"),
        ("date=2026-04", "/month/2026-04"),
        ("period=all", "/trending"),
        ("period=all&sort=new", "/?period=all&sort=new"),
        ("tag=diffusion", "/t/diffusion"),
        ("tag=diffusion&tag=-medical&has=code", "/t/diffusion?tag=-medical&has=code"),
        ("tag=diffusion&period=week", "/?tag=diffusion&period=week"),
        ("", "/"),
        ("q=sparse attention", "/?q=sparse+attention"),
    ],
)
def test_a_question_has_one_address_and_it_asks_the_same(client, april, query, path) -> None:
    assert address(parse(query)) == path
    if client.get(path).status_code == 200:
        page = read(client.get(path))
        assert page.one("link", rel="canonical")["href"].endswith(path)


def test_an_authors_address_and_a_standing_order_are_queries() -> None:
    assert author_address("Zoë & Co") == "/?author=Zo%C3%AB+%26+Co"
    assert filters_of(parse("tag=a&has=code&date=2026-04-24")) == "tag=a&has=code"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/date/2026-04-24/", "/date/2026-04-24"),
        ("/week/2026-W17/?sort=top", "/week/2026-W17?sort=top"),
        ("/month/2026-04/", "/month/2026-04"),
        ("/trending/", "/trending"),
        ("/t/diffusion/", "/t/diffusion"),
        ("/papers/2604.00123/", "/papers/2604.00123"),
        ("/t/Diffusion", "/t/diffusion"),
    ],
)
def test_an_address_nearly_right_leads_to_the_right_one(client, path, place) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, place)


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/date/2026-04-24x", "/date/24-04-2026", "/t/no-such-topic", "/papers/none"],
)
def test_an_address_of_nothing_is_not_found(client, april, path) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = read(answer)
    assert page.one("h1").text == "There is nothing at this address"
    assert page.one("main").link("the latest edition") == "/"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/?sort=best", "it takes hot, rising, scaled, new, top, for_you, relevance."),
        ("/date/2026-02-30", "it takes a day like 2026-04-24"),
        ("/week/2026-W60", "a week like 2026-W17"),
        ("/month/2026-13", "or a month like 2026-04"),
        ("/?tag=<script>alert(1)</script>", "it takes a name like sparse-attention"),
        ("/?cursor=AAAA", "start without it"),
        ("/?q=a%00b", "q holds a character that is no text"),
    ],
)
def test_a_question_with_a_slip_is_answered_with_what_to_do(client, path, what) -> None:
    answer = client.get(path)
    page = read(answer)
    assert answer.status_code == 400
    assert what in page.one("main").text
    assert page.one("h1").text == "That question has a slip in it"


@pytest.mark.parametrize("path", ["/", "/date/2026-04-20", "/trending", "/t/diffusion"])
def test_head_is_answered_and_nothing_but_reading_allowed(client, april, path) -> None:
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_an_edition_without_papers_leads_to_the_one_before(client, april) -> None:
    main = read(client.get("/date/2026-04-22")).one("main")
    assert "Nothing was listed for Wednesday, 22 April 2026" in main.text
    assert main.link("the one before") == "/date/2026-04-20"
