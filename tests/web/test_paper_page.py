"""All that is known about one paper, at one address."""

from datetime import date

import pytest
from django.utils import timezone

from feeds.models import Identifier, Paper
from tests.factories import entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(db) -> Paper:
    put_in(
        entry(
            "On {\\em sparse} attention",
            id="2604.00123",
            authors=["Ada One", "Zoë Two", "Cy Three"],
            summary="A diffusion model, made sparse.",
            upvotes=12,
            githubRepo="https://github.com/example/code",
        ),
        source="daily",
    )
    return Paper.objects.get()


def test_it_shows_title_authors_and_abstract(client, known) -> None:
    page = read(client.get("/papers/2604.00123"))
    assert page.one("h1").text == "On sparse attention"
    authors = page.one("p", class_="authors").all("a")
    assert [(one.text, one["href"]) for one in authors] == [
        ("Ada One", "/?author=Ada+One"),
        ("Zoë Two", "/?author=Zo%C3%AB+Two"),
        ("Cy Three", "/?author=Cy+Three"),
    ]
    assert page.one("div", class_="abstract").text == "A diffusion model, made sparse."


def test_it_leads_to_where_the_paper_is_read(client, known) -> None:
    read_it = read(client.get("/papers/2604.00123")).one("div", class_="read")
    assert read_it.link("arXiv 2604.00123") == "https://arxiv.org/abs/2604.00123"
    assert read_it.link("PDF") == "https://arxiv.org/pdf/2604.00123"
    assert read_it.link("code") == "https://github.com/example/code"


def test_it_says_who_put_each_topic_there_and_which_digests_named_it(client, known) -> None:
    facts = read(client.get("/papers/2604.00123")).one("aside", class_="facts")
    topics = facts.one("dl", class_="topics")
    assert "diffusion models" in [name.lower() for name in topics.texts("a")]
    assert all(topics.texts("dd"))
    assert facts.one("ul", class_="listings").text == (
        "No 1 in Daily, 24 April 2026, 12 votes there"
    )
    assert facts.one("ul", class_="listings").link("24 April 2026") == "/date/2026-04-24"


def test_it_describes_itself_to_reference_managers(client, known) -> None:
    page = read(client.get("/papers/2604.00123"))
    meta = [(one.get("name"), one.get("content")) for one in page.all("meta")]
    assert ("citation_title", "On sparse attention") in meta
    assert ("citation_author", "Zoë Two") in meta
    assert ("citation_arxiv_id", "2604.00123") in meta
    assert ("citation_publication_date", "2026/04/23") in meta
    assert ("citation_date", "2026/04/23") in meta
    assert ("citation_pdf_url", "https://arxiv.org/pdf/2604.00123") in meta
    assert ("citation_fulltext_html_url", "https://arxiv.org/html/2604.00123") in meta
    assert ("citation_abstract_html_url", "https://arxiv.org/abs/2604.00123") in meta
    assert ("citation_abstract", "A diffusion model, made sparse.") in meta


def test_it_can_be_cited_as_it_stands(client, known) -> None:
    cite = read(client.get("/papers/2604.00123")).one("section", id="cite")
    assert cite.one("pre", id="cite-bibtex").text.startswith("@misc{one2026sparse,")
    assert cite.one("pre", id="cite-ris").text.startswith("TY - UNPB TI - On sparse attention")
    assert cite.one("pre", id="cite-apa").text == (
        "One, A., Two, Z., & Three, C. (2026). On sparse attention. arXiv. "
        "https://arxiv.org/abs/2604.00123"
    )
    assert cite.link("Mail").startswith("mailto:?subject=On%20sparse%20attention&body=http")


def test_a_citation_of_very_many_authors_is_cut_and_says_so(client) -> None:
    put_in(entry(id="2604.00200", authors=[f"Ada N{number}" for number in range(150)]))
    cite = read(client.get("/papers/2604.00200")).one("section", id="cite")
    assert cite.one("pre", id="cite-bibtex").text.count(" and ") == 100
    assert "and others}" in cite.one("pre", id="cite-bibtex").text
    assert "the file has all 150" in cite.text
    assert "N149" in client.get("/papers/2604.00200.bib").content.decode()


def test_it_draws_how_its_votes_grew_with_a_table_behind(client, known) -> None:
    assert not read(client.get("/papers/2604.00123")).all("svg")
    put_in(entry(id="2604.00123", upvotes=30), day=date(2026, 4, 26), source="daily")
    drawn = read(client.get("/papers/2604.00123")).one("section", class_="drawn")
    assert drawn.one("svg")["aria-label"] == (
        "The votes grew from 12 on 24 April 2026 to 30 on 26 April 2026."
    )
    rows = [row.texts("th") + row.texts("td") for row in drawn.one("tbody").all("tr")]
    assert rows == [["24 Apr 2026", "12"], ["26 Apr 2026", "30"]]


def test_it_says_which_digest_told_what_and_under_which_names_it_is_known(client, known) -> None:
    Identifier.objects.create(paper=known, scheme="arxiv", value="2604.00999")
    facts = read(client.get("/papers/2604.00123")).one("aside", class_="facts")
    told = facts.one("details", class_="told")
    assert told.one("dt").text == "Daily, 24 April 2026"
    assert told.one("dd").text.startswith("title, authors, abstract")
    assert facts.one("ul", class_="names").text == "arXiv 2604.00999"


@pytest.mark.parametrize(
    "name", ["2604.00123v2", "arXiv:2604.00123", "pformerkey", "10.1234/ABC.5"]
)
def test_another_name_of_a_paper_leads_to_its_address(client, known, name) -> None:
    Identifier.objects.create(paper=known, scheme="key", value="pformerkey")
    Identifier.objects.create(paper=known, scheme="doi", value="10.1234/abc.5")
    answer = client.get(f"/papers/{name}")
    assert (answer.status_code, answer["Location"]) == (301, "/papers/2604.00123")


def test_a_paper_without_an_arxiv_id_has_an_address_too(client) -> None:
    put_in(entry("A talk", id=None))
    page = read(client.get(Paper.objects.get().get_absolute_url()))
    assert page.one("h1").text == "A talk"
    assert "arXiv" not in page.one("main").text


def test_a_dropped_paper_is_not_there(client, known) -> None:
    Paper.objects.update(dropped_at=timezone.now())
    assert client.get("/papers/2604.00123").status_code == 404
    assert client.post("/papers/2604.00123/vote").status_code == 404
