"""What a reader finds on the front page."""

from datetime import date

import pytest

from tests.factories import DAY, entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db


def papers(document: Element) -> list[Element]:
    return document.all("li", class_="paper")


def test_the_masthead_is_the_newspapers(client, settings) -> None:
    put_in(entry())
    page = read(client.get("/"))
    assert page.one("p", class_="name").text == settings.SITE_NAME
    assert page.one("h1").text == "Friday, 24 April 2026"
    assert f"by {settings.BYLINE} and the research community" in page.one("header").text
    assert page.texts("nav", aria_label="Editions") == ["DayWeekMonthTrending"]


def test_the_promise_stands_with_its_field_and_its_button(client) -> None:
    put_in(entry())
    form = read(client.get("/")).one("form", class_="subscribe")
    assert form.one("p", class_="promise").text == "Get trending papers in your email inbox!"
    assert (form["action"], form["method"]) == ("/subscribe", "post")
    assert form.one("input", type="email").get("aria-label") == "Your email address"
    assert form.texts("button") == ["Subscribe"]


def test_the_editions_beside_this_one_are_linked(client) -> None:
    put_in(entry(), day=date(2026, 4, 21))
    put_in(entry(), day=DAY)
    put_in(entry(), day=date(2026, 4, 28))
    page = read(client.get("/date/2026-04-24"))
    assert page.one("a", rel="prev")["href"] == "/date/2026-04-21"
    assert page.one("a", rel="prev").text == "← Previous edition: Tue 21"
    assert page.one("a", rel="next")["href"] == "/date/2026-04-28"
    latest = read(client.get("/"))
    assert latest.all("a", rel="next") == []


def test_papers_stand_in_their_order_with_their_ranks(client) -> None:
    put_in(entry("Second", upvotes=5), entry("First", upvotes=90), entry("Third"))
    page = read(client.get("/"))
    assert [one.one("h2").text for one in papers(page)] == ["First", "Second", "Third"]
    assert [one.one("span", class_="rank").text for one in papers(page)] == ["1", "2", "3"]


def test_a_paper_shows_who_wrote_it_and_what_came_of_it(client) -> None:
    put_in(
        entry(
            "A paper",
            id="2604.00123",
            authors=["Ada One", "Ben Two", "Cy Three", "Di Four"],
            upvotes=2345,
            githubRepo="https://github.com/example/code",
            githubStars=640,
        )
    )
    one = papers(read(client.get("/")))[0]
    assert one.one("h2").one("a")["href"] == "/papers/2604.00123"
    assert one.one("p", class_="by").text == "Ada One, Ben Two … Di Four, 4 authors"
    assert one.one("button", class_="vote").text == "2.3k votes, vote for A paper"
    assert one.link("code ★ 640") == "https://github.com/example/code"


def test_the_abstract_is_folded_and_links_to_its_source(client) -> None:
    long = "We look at one thing. " * 30
    put_in(entry("A paper", id="2604.00123", summary=long))
    one = papers(read(client.get("/")))[0]
    folded = next(fold for fold in one.all("details") if fold.one("summary").text == "abstract")
    assert "open" not in folded.attributes
    assert long.strip() in folded.text
    assert folded.link("arXiv 2604.00123") == "https://arxiv.org/abs/2604.00123"
    assert folded.link("PDF") == "https://arxiv.org/pdf/2604.00123"
    assert len(one.one("p", class_="gist").text) <= 240


def test_why_a_paper_stands_here_is_a_sum_and_its_listings(client) -> None:
    put_in(entry("A paper", upvotes=95), source="daily")
    one = papers(read(client.get("/")))[0]
    ledger = one.one("table", class_="ledger")
    rows = {row.one("th").text: row.one("td").text for row in ledger.all("tr")}
    numbers = [float(number.replace("−", "-").replace(",", "")) for number in rows.values()]
    assert rows["votes plus 5, as log10"] == "2.0000"
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=1e-9)
    assert one.one("ul", class_="listings").text == "No 1 in Daily, 24 April 2026, 95 votes there"


def test_topics_are_links_to_their_pages(client) -> None:
    put_in(entry("A paper", summary="A diffusion model."))
    one = papers(read(client.get("/")))[0]
    assert "/t/diffusion" in [link["href"] for link in one.one("p", class_="tags").all("a")]


def test_tex_in_titles_reads_as_meant(client) -> None:
    put_in(
        entry(r"PixArt-$\alpha$: Fast Training"),
        entry(r"On {\em glassiness}"),
        entry(r"Saving 80\% with Schr\"odinger"),
    )
    titles = [one.one("h2").text for one in papers(read(client.get("/")))]
    assert "On glassiness" in titles
    assert "Saving 80% with Schrödinger" in titles
    assert any(title.startswith("PixArt-α") for title in titles)


def test_more_papers_than_a_page_holds_follow_on_the_next(client) -> None:
    put_in(*(entry(f"Paper {number}") for number in range(35)))
    first = read(client.get("/"))
    second = read(client.get(first.link("More papers")))
    assert len(papers(first)) == 25
    assert [one.one("span", class_="rank").text for one in papers(second)] == [
        str(rank) for rank in range(26, 36)
    ]
    assert second.one("ol", class_="papers")["start"] == "26"
    assert second.link("Back to the first") == "/date/2026-04-24"
    names = [one.one("h2").text for one in papers(first) + papers(second)]
    assert names == [f"Paper {number}" for number in range(35)]


def test_an_empty_instance_says_what_to_do(client) -> None:
    page = read(client.get("/"))
    assert "No papers yet" in page.one("main").text
    assert "manage.py ingest" in page.one("main").text


def test_the_day_before_stands_beside_a_day(client) -> None:
    put_in(entry("Monday’s"), day=date(2026, 4, 20))
    put_in(entry("Friday’s"), day=DAY)
    side = read(client.get("/")).one("aside", class_="side")
    assert side.link("Monday, 20 April 2026") == "/date/2026-04-20"
    assert side.one("ol").texts("a") == ["Monday’s"]
    first = read(client.get("/date/2026-04-20")).one("aside", class_="side")
    assert first.link("In the latest edition") == "/date/2026-04-24"
