"""Papers in the order of relevance, whatever else is asked beside the words."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from feeds.models import Collection, CollectionEntry, Paper, PaperTag
from feeds.query import parse
from feeds.reading import Page, facets, papers_in
from feeds.rerankers.base import rerankers
from feeds.search import copies
from tests.factories import DAY, entry, put_in
from tests.people import somebody
from tests.search.indexed import build, data_dir

__all__ = ["data_dir"]
NOTICE = "Sorted by date: the index of words is being built."


@pytest.fixture
def papers(db, data_dir: Path) -> None:
    put_in(
        entry("Graphs", summary="Networks, and once attention.", upvotes=90, id="2604.00001"),
        entry("Sparse attention", summary="Attention that is sparse.", id="2604.00002"),
        entry("Sparse graphs", summary="Nothing else.", upvotes=50, id="2604.00003",
              authors=["Wei Li"]),
        entry("Diffusion", summary="Pictures.", id="2604.00004"),
    )  # fmt: skip
    build()


@pytest.fixture
def committed(transactional_db, data_dir: Path) -> None:
    put_in(entry("Sparse attention"))
    build()


def asked(text: str, **given) -> Page:
    return papers_in(parse(text), **given)


def titles(text: str, **given) -> list[str]:
    return [paper.title for paper in asked(text, **given).papers]


def test_the_best_answer_stands_first_and_what_has_some_of_the_words_after_it(papers) -> None:
    found = titles("q=sparse+attention&sort=relevance")
    assert found[0] == "Sparse attention"
    assert set(found) == {"Sparse attention", "Sparse graphs", "Graphs"}
    assert titles("q=sparse+attention") == ["Sparse attention"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("q=sparse+-attention", {"Sparse graphs"}),
        ('q="sparse+attention"', {"Sparse attention"}),
        ("q=sparse+graphs+author:li", {"Sparse graphs"}),
        ("q=sparse+attention&author=Wei+Li", {"Sparse graphs"}),
        ("q=attention+sparse&has=code", set()),
        ("q=attention&date=2026-04-24", {"Sparse attention", "Graphs"}),
        ("q=attention&date=2026-04-25", set()),
        ("q=attention&source=upload", {"Sparse attention", "Graphs"}),
        ("q=attention&source=elsewhere", set()),
        ("q=pictures+attention&tag=diffusion", {"Diffusion"}),
        ("q=pictures+attention&tag=-diffusion", {"Sparse attention", "Graphs"}),
        ("q=pictures+attention&tag=nothing", set()),
        ("q=the", set()),
        ("q=nowhere", set()),
    ],
)
def test_all_else_that_is_asked_holds(papers, text: str, expected: set[str]) -> None:
    assert set(titles(f"{text}&sort=relevance")) == expected


def test_what_was_dropped_or_hidden_is_gone_at_once_whatever_the_index_says(papers) -> None:
    reader = somebody()
    hidden = Paper.objects.get(key="2604.00003")
    hidden.marks.create(user_id=reader, hidden_at=timezone.now())
    assert "Sparse graphs" not in titles("q=sparse&sort=relevance", viewer=reader)
    assert "Sparse graphs" in titles("q=sparse&sort=relevance")
    Paper.objects.filter(key="2604.00002").update(dropped_at=timezone.now())
    assert titles("q=sparse&sort=relevance") == ["Sparse graphs"]


def test_what_is_kept_of_a_question_goes_with_the_change(transactional_db, data_dir) -> None:
    put_in(entry("Sparse diffusion", summary="Diffusion that is sparse."), entry("Dense diffusion"))
    build()
    text = "q=diffusion&tag=diffusion&date=2026-04-24&sort=relevance"
    assert titles(text) == titles(text) == ["Sparse diffusion", "Dense diffusion"]
    assert asked(text).next is None
    put_in(entry("Later diffusion"), day=DAY.replace(day=25))
    assert asked(text).next == DAY.replace(day=25)
    Paper.objects.filter(title="Sparse diffusion").update(dropped_at=timezone.now())
    assert titles(text) == ["Dense diffusion"]
    PaperTag.objects.filter(paper__title="Dense diffusion").delete()
    assert titles(text) == []


def test_a_private_collection_is_asked_by_its_owner_alone(papers) -> None:
    owner = somebody()
    kept = Collection.objects.create(owner_id=owner, name="Kept", slug="kept")
    CollectionEntry.objects.create(
        collection=kept, paper=Paper.objects.get(key="2604.00003"), place=1
    )
    text = "q=sparse&in=kept&sort=relevance"
    assert titles(text, viewer=owner) == ["Sparse graphs"]
    assert titles("q=diffusion&in=kept&sort=relevance", viewer=owner) == []


def test_pages_go_on_where_the_last_ended(db, data_dir) -> None:
    put_in(*(entry(f"Paper {n}", summary="attention " * (n % 7 + 1)) for n in range(25)))
    build()
    page = asked("q=attention&sort=relevance", limit=10)
    found = [paper.title for paper in page.papers]
    while page.cursor:
        page = asked("q=attention&sort=relevance", limit=10, cursor=page.cursor)
        found += [paper.title for paper in page.papers]
    assert found == titles("q=attention&sort=relevance", limit=100)
    assert len(set(found)) == 25
    assert [paper.rank for paper in page.papers] == list(range(21, 26))


def test_the_score_says_how_well_the_words_answer(papers) -> None:
    first = asked("q=sparse+attention&sort=relevance").papers[0]
    (part,) = first.score.parts
    assert part.label.startswith("the words (BM25 ")
    assert first.score.value == 1.0


def test_topics_are_counted_among_what_answers(papers) -> None:
    found = facets(parse("q=diffusion&sort=relevance"))
    assert [facet.tag.slug for facet in found] == ["diffusion"]


def test_without_words_there_is_no_such_order(papers) -> None:
    assert parse("sort=relevance") == parse("")
    assert str(parse("q=a&sort=relevance")) == "q=a&sort=relevance"
    assert titles("q=tag:diffusion&sort=relevance") == ["Diffusion"]


def test_a_site_whose_index_is_deleted_answers_by_date_and_says_so(papers, client, data_dir):
    assert copies.searcher() is not None
    (data_dir / "index").rename(data_dir / "gone")
    put_in(entry("Newer sparse"), day=DAY.replace(day=25))
    answer = client.get("/api/v1/papers?q=sparse&sort=relevance").json()
    assert [paper["title"] for paper in answer["papers"]] == [
        "Newer sparse", "Sparse attention", "Sparse graphs",
    ]  # fmt: skip
    assert answer["notice"] == NOTICE
    assert NOTICE in client.get("/?q=sparse&sort=relevance").content.decode()
    assert client.get("/feed.rss?q=sparse&sort=relevance").status_code == 200
    build()
    answer = client.get("/api/v1/papers?q=sparse&sort=relevance").json()
    assert answer["notice"] is None
    assert len(answer["papers"]) == 3


def test_the_box_asks_for_the_best_answers(papers, client) -> None:
    page = client.get("/?q=sparse&sort=relevance").content.decode()
    assert 'name="sort" value="relevance"' in page
    assert "Most relevant papers" in page or "most relevant" in page
    assert "the words (BM25" in page


def test_readiness_tells_of_the_index_and_does_not_hang_on_it(papers, client, data_dir) -> None:
    told = json.loads(client.get("/readyz").content)
    assert told["index"] == "ok"
    (data_dir / "index").rename(data_dir / "gone")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert json.loads(answer.content)["index"] == "being built"


@pytest.mark.parametrize(
    "words", ["sparse", "sparse -attention", "graphs author:li", "the", "nowhere"]
)
def test_the_other_orders_find_the_same_with_and_without_an_index(papers, data_dir, words) -> None:
    texts = [f"q={words}&sort={sort}{more}" for sort in ("hot", "new", "top")
             for more in ("", "&tag=diffusion", "&date=2026-04-24")]  # fmt: skip
    with_it = [titles(text) for text in texts]
    (data_dir / "index").rename(data_dir / "gone")
    assert with_it == [titles(text) for text in texts]


def test_an_index_that_nobody_follows_is_asked_no_more(committed, data_dir) -> None:
    put_in(entry("Sparse and new"), day=DAY.replace(day=25))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE feeds_paperchange SET at = now() - interval '1 hour'")
    copies._opened = None  # or it would be looked at in ten seconds
    assert asked("q=sparse&sort=relevance").notice == NOTICE
    assert titles("q=sparse&sort=relevance")[0] == "Sparse and new"


def test_what_one_comes_back_to_is_in_the_order_that_brings_what_is_new(papers, client) -> None:
    page = client.get("/?q=sparse&sort=relevance").content.decode()
    assert 'href="/feed.rss?q=sparse"' in page
    assert 'value="q=sparse"' in page
    assert 'value="q=sparse&amp;sort=relevance"' not in page


def test_a_reranker_looks_at_the_first_answers_once_more(papers, settings) -> None:
    class Shortest:
        name = "shortest"

        def scores(self, question: str, texts: list[str]) -> list[float]:
            assert question == "sparse attention"
            return [-len(text) for text in texts]

    plain = asked("q=sparse+attention&sort=relevance").papers
    rerankers.register(Shortest())
    settings.RERANKER = "shortest"
    again = asked("q=sparse+attention&sort=relevance").papers
    assert {paper.title for paper in again} == {paper.title for paper in plain}
    lengths = [len(paper.title_tex) + len(paper.abstract) for paper in again]
    assert lengths == sorted(lengths)
    assert again[0].title == "Sparse graphs" != plain[0].title


def test_a_misspelled_wish_is_told_of_though_the_others_find_something(papers, client) -> None:
    page = client.get("/", {"q": "sparse atention", "sort": "relevance"}).content.decode()
    assert "Sparse graphs" in page
    assert 'Did you mean <a href="/?q=sparse+attention&amp;sort=relevance">' in page
