"""A result says why it is one, and nothing found says what else could be asked."""

import pytest

from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> & sparse <b>"


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry(
            "Sparse $\\alpha$-attention <i> & more",
            id="2604.00001",
            summary=f"We begin elsewhere. {'Other words follow. ' * 30} Then transformers that "
            f"attend sparsely come in. {HOSTILE} {'And more of them. ' * 20}",
            authors=["Yann Le Cun", "Kai He", "Hei Li", "Zoe Last"],
        )
    )


def first(client, words: str) -> Element:
    return read(client.get("/", {"q": words})).one("li", class_="paper")


def marks(part: Element) -> list[str]:
    return [mark.text for mark in part.all("mark")]


def test_what_was_asked_is_marked_in_the_title_whatever_its_ending(client) -> None:
    paper = first(client, "attentive sparsely")
    assert marks(paper.one("h2")) == ["Sparse", "attention"]
    assert paper.one("h2").text == "Sparse α-attention <i> & more"


def test_the_piece_of_the_abstract_that_has_the_words_is_shown(client) -> None:
    found = first(client, '"transformers that" sparsely').one("p", class_="found")
    assert set(marks(found)) == {"transformers", "sparsely", "sparse"}
    assert found.text.startswith("… ")
    assert "<script>alert(1)</script> &" in found.text
    assert len(found.text) < 300


def test_words_that_are_excluded_are_not_marked(client) -> None:
    assert marks(first(client, "sparse -recipe")) != []
    assert "words" not in marks(first(client, "sparse -(words recipe)"))


def test_an_author_who_was_asked_for_is_named(client) -> None:
    found = first(client, "author:he").one("p", class_="found")
    assert marks(found) == ["Kai He"]


def test_a_list_that_was_not_searched_for_has_no_marks(client) -> None:
    page = read(client.get("/"))
    assert page.all("mark") == []


def test_a_slip_of_the_finger_is_offered_mended(client) -> None:
    page = read(client.get("/", {"q": "sparse atention"}))
    assert page.link("sparse attention") == "/?q=sparse+attention"
    assert "Did you mean" not in client.get("/", {"q": "zzzz"}).content.decode()


def test_it_is_offered_beside_the_few_that_have_the_words_as_they_are(client) -> None:
    put_in(entry("Bees", summary="An atention to flowers."), entry("Attention to bees"))
    page = read(client.get("/", {"q": "atention"}))
    assert [one.one("h2").text for one in page.all("li", class_="paper")] == ["Bees"]
    assert page.link("attention") == "/?q=attention"
    put_in(*(entry(f"Flowers {place}", summary="More atention.") for place in range(5)))
    assert "Did you mean" not in client.get("/", {"q": "atention"}).content.decode()
