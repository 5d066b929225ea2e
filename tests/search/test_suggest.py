"""What the box offers while someone types."""

import pytest

from feeds.models import Paper
from feeds.search.suggest import suggestions
from tests.factories import entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("Sparse attention & more", id="2604.00001", authors=["Yann Le Cun", "Li Wei"]),
        entry("Running transformers", id="2604.00002", summary="A diffusion model. Sparse too."),
        entry("Studies of happiness", id="2604.00003", authors=["Li Wei", "Wei Zhang"]),
    )


def offered(typed: str) -> list[str]:
    return [one.text for one in suggestions(typed)]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("spars", "Sparse attention & more"),
        ("attenti", "Sparse attention & more"),
        ("sparse att", "Sparse attention & more"),
        ("transformer", "Running transformers"),
        ("runni", "Running transformers"),
        ("studi", "Studies of happiness"),
        ("happine", "Studies of happiness"),
        ("le cun", "Yann Le Cun"),
        ("cu", "Yann Le Cun"),
        ("LI WE", "Li Wei"),
        ("diffusion mod", "diffusion models"),
    ],
)
def test_what_begins_so_is_offered(typed: str, text: str) -> None:
    assert text.lower() in map(str.lower, offered(typed))


def test_a_word_of_the_abstract_alone_offers_no_paper() -> None:
    assert offered("sparse to") == []
    assert "Running transformers" not in offered("sparse")


def test_the_frequent_author_stands_first() -> None:
    assert offered("wei")[:2] == ["Li Wei", "Wei Zhang"]


def test_a_field_at_the_end_is_completed() -> None:
    assert offered("attention author:cun") == ['attention author:"Yann Le Cun"']
    assert "-tag:diffusion" in offered("-tag:diffusion")
    assert "tag:diffusion" in offered("tag:diffusion")


def test_a_dropped_paper_is_not_offered() -> None:
    Paper.objects.filter(key="2604.00001").update(dropped_at="2026-04-24T00:00Z")
    assert "Sparse attention & more" not in offered("attenti")
    assert "Yann Le Cun" not in offered("le cun")


@pytest.mark.parametrize(
    "typed", ["", "a", "\0", "'", "a'b", "x:*", "\\", "%", "((", "🔥🔥", "ab" * 99]
)
def test_anything_can_be_typed(client, typed: str) -> None:
    assert client.get("/suggest", {"q": typed}).status_code == 200
    assert client.get("/suggest.json", {"q": typed}).status_code == 200


def test_options_are_escaped_and_lead_somewhere(client) -> None:
    page = read(client.get("/suggest", {"q": "attention"}))
    option = page.all("li", role="option")[0]
    assert option.text == "Sparse attention & morepaper"
    assert option["data-href"] == "/papers/2604.00001"
    typed, texts, kinds, paths = client.get("/suggest.json?q=attention").json()
    assert (typed, texts[0], kinds[0]) == ("attention", "Sparse attention & more", "paper")
    assert paths[0].endswith("/papers/2604.00001")


def test_every_page_tells_browsers_how_to_search(client) -> None:
    for address in ("/", "/papers/2604.00001", "/nothing", "/account/login/"):
        assert 'href="/opensearch.xml"' in client.get(address).content.decode()
    assert "?q={searchTerms}" in client.get("/opensearch.xml").content.decode()
    assert 'type="search" name="q"' in client.get("/help").content.decode()
