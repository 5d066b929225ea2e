"""What a question in words finds."""

import pytest
from django.db import connection

from feeds.models import Paper
from feeds.query import QueryError, parse, tree_of
from feeds.search.lexical import answering
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(db) -> None:
    put_in(
        entry("Sparse attention", summary="A diffusion model.", authors=["Yann Le Cun", "Li Wei"]),
        entry("Dense attention", summary="It is not sparse.", githubRepo="https://example.org/x"),
        entry("Old", summary="A recipe, in words.", id="2604.00123", authors=["Wei Zhang", "A Li"]),
        entry("New", summary="Attention that is sparse.", publishedAt="2024-02-01T10:00:00.000Z"),
    )


def found(text: str) -> set[str]:
    rows = answering(Paper.objects.visible(), tree_of(text))
    return set(rows.values_list("title_text", flat=True))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("sparse attention", {"Sparse attention", "Dense attention", "New"}),
        ('"sparse attention"', {"Sparse attention"}),
        ("attention -diffusion", {"Dense attention", "New"}),
        ("recipe OR diffusion", {"Old", "Sparse attention"}),
        ("attention (recipe OR diffusion)", {"Sparse attention"}),
        ("-(attention OR diffusion)", {"Old"}),
        ("title:attention", {"Sparse attention", "Dense attention"}),
        ("attention -title:attention", {"New"}),
        ("author:cun", {"Sparse attention"}),
        ('author:"yann le cun"', {"Sparse attention"}),
        ('author:"cun li"', set()),
        ('author:"Li Wei"', {"Sparse attention"}),
        ("tag:diffusion OR author:zhang", {"Sparse attention", "Old"}),
        ("-tag:diffusion attention", {"Dense attention", "New"}),
        ("year:2024", {"New"}),
        ("year:..2025", {"New"}),
        ("year:2025.. attention", {"Sparse attention", "Dense attention"}),
        ("has:code", {"Dense attention"}),
        ("-has:code sparse", {"Sparse attention", "New"}),
        ("id:2604.00123", {"Old"}),
        ("https://arxiv.org/abs/2604.00123v2", {"Old"}),
        ("similar:2604.00999", set()),
        ("the", set()),
        ("the tag:diffusion", {"Sparse attention"}),
        ("the -tag:diffusion -recipe", {"Dense attention", "New"}),
    ],
)
def test_a_question_finds(papers: None, text: str, titles: set[str]) -> None:
    assert found(text) == titles


def test_words_are_found_by_their_index_beside_a_name(papers: None) -> None:
    rows = answering(Paper.objects.visible(), tree_of("the sparse author:wei"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "paper_by_words" in rows.explain() or "paper_by_names" in rows.explain()


def test_a_name_is_found_by_its_index(papers: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = answering(Paper.objects.visible(), tree_of("author:cun")).explain()
    assert "paper_by_names" in plan
    assert "Seq Scan" not in plan


def test_a_slip_is_shown_in_the_page_and_told_of_in_the_feed(client) -> None:
    page = client.get("/", {"q": "sparse (attention"})
    assert page.status_code == 400
    assert "sparse <mark>(</mark>attention" in page.content.decode()
    feed = client.get("/feed.rss", {"q": "sparse (attention"})
    assert feed.status_code == 400
    assert feed.content.decode().endswith("\n\nsparse (attention\n       ^\n")


@pytest.mark.parametrize(
    "words",
    ["2604.00123", "arXiv:2604.00123v3", "https://arxiv.org/pdf/2604.00123", "id:2604.00123"],
)
def test_an_id_in_the_box_leads_straight_to_the_paper(client, papers, words: str) -> None:
    asked = {"q": words}
    for given in (asked, asked | {"sort": "relevance"}):  # the second is what the box asks
        answer = client.get("/", given)
        assert answer.status_code == 302
        assert answer["Location"] == "/papers/2604.00123"
    assert client.get("/", asked | {"sort": "new"}).status_code == 200


def test_an_id_that_is_not_here_finds_nothing(client, papers) -> None:
    assert client.get("/", {"q": "2404.09999"}).status_code == 200


def test_words_combine_with_every_other_term(papers: None) -> None:
    query = parse("q=attention+-recipe&tag=diffusion&author=Li+Wei&period=week&sort=top")
    assert query.words == "attention -recipe"
    with pytest.raises(QueryError):
        parse("tag=diffusion&q=%28attention")
