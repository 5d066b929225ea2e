"""The order of relevance where papers have vectors: what is meant counts as much as the words."""

import pytest

from feeds import embedding
from feeds.embedders.base import embedder
from feeds.query import parse
from feeds.reading import papers_in
from tests.factories import entry, put_in
from tests.search.indexed import build, data_dir

__all__ = ["data_dir"]


@pytest.fixture
def papers(db, data_dir, settings) -> None:
    settings.EMBEDDER = "minilm"
    put_in(
        entry("Self-driving cars", summary="Vehicles that steer themselves through traffic."),
        entry(
            "Baking bread", summary="Flour, water and a warm oven.", githubRepo="https://x.org/a"
        ),
        entry("Automobile insurance", summary="What premiums depend on."),
        entry("Sourdough", summary="A starter that lives for years."),
    )
    model = embedder()
    assert model is not None
    embedding.embed_waiting(model)
    build()


def titles(words: str, more: str = "") -> list[str]:
    found = papers_in(parse(f"q={words}&sort=relevance{more}"))
    return [paper.title for paper in found.papers]


def test_papers_that_mean_it_are_found_without_its_words(papers) -> None:
    assert titles("automobile")[0] == "Automobile insurance"
    assert titles("autonomous driving")[0] == "Self-driving cars"
    assert titles("pastry recipes")[0] in ("Baking bread", "Sourdough")


def test_conditions_hold_for_what_is_near_too(papers) -> None:
    found = titles("cars -insurance")
    assert found[0] == "Self-driving cars"
    assert "Automobile insurance" not in found
    assert titles("pastry recipes has:code") == ["Baking bread"]
    assert titles("pastry recipes", "&has=code") == ["Baking bread"]
    assert titles('"warm oven"') == ["Baking bread"]


def test_both_parts_are_told(papers) -> None:
    first = papers_in(parse("q=automobile&sort=relevance")).papers[0]
    words, meaning = first.score.parts
    assert words.label.startswith("the words (BM25")
    assert meaning.label.startswith("the meaning (closeness")
    assert 0 < words.value <= 0.5
    assert 0 < meaning.value <= 0.5


def test_words_that_are_in_no_index_find_nothing(papers) -> None:
    assert titles("the") == []
