"""All that is known about one paper, at one address."""

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
    assert "diffusion models" in [name.lower() for name in topics.texts("dt")]
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
    assert ("citation_pdf_url", "https://arxiv.org/pdf/2604.00123") in meta


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
