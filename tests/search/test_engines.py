"""Both engines, PostgreSQL's and the index of words, find the same papers."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.hostile import QUESTIONS
from feeds.grammar import All, Either, Field, Node, Not, Phrase, Word, printed
from feeds.models import Paper
from feeds.query import QueryError, tree_of
from feeds.search import bm25, copies
from feeds.search.lexical import answering
from tests.factories import entry, put_in
from tests.search.indexed import build, data_dir

__all__ = ["data_dir"]
WORDS = """attention attends sparse models modelling the of a graph graphs networks network
    diffusion 2024 GPT robust robustly speech vision is learned learning cats""".split()
NAMES = ("Ada Lovelace", "Wei Li", "Li Wei", "José Núñez", "Li", "Anna-Lena Graf")


@pytest.fixture
def papers(db, data_dir) -> None:
    chance = random.Random(5)
    put_in(
        *(
            entry(
                " ".join(chance.choices(WORDS, k=chance.randint(1, 4))).capitalize() + f" {number}",
                summary=" ".join(chance.choices(WORDS, k=chance.randint(0, 9))) + ".",
                authors=chance.sample(NAMES, chance.randint(1, 3)),
                publishedAt=f"{chance.choice((2023, 2024, 2025))}-05-01T00:00:00Z",
                id=f"2605.{number:05}",
                **({"githubRepo": "https://example.org/x"} if number % 3 else {}),
            )
            for number in range(40)
        )
    )
    build()


def by_postgresql(tree: Node) -> set[int]:
    return set(answering(Paper.objects.visible(), tree).values_list("pk", flat=True))


def by_index(tree: Node) -> set[int]:
    found = copies.searcher()
    assert found is not None
    return set(bm25.matching(found, tree, 10_000).papers)


words = st.sampled_from(WORDS)
leaves = st.one_of(
    words.map(Word),
    st.lists(words, min_size=1, max_size=3).map(" ".join).map(Phrase),
    words.map(lambda word: Field("title", word)),
    st.sampled_from([*NAMES, "wei", "núñez", "lena graf"]).map(lambda name: Field("author", name)),
    st.sampled_from(["diffusion", "robustness", "none"]).map(lambda slug: Field("tag", slug)),
    st.sampled_from(["2024", "2024..", "..2024", "2023..2024"]).map(lambda at: Field("year", at)),
    st.sampled_from(["2605.00007", "10.1234/x"]).map(lambda name: Field("id", name)),
    st.just(Field("has", "code")),
)
trees = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=4).map(tuple).map(All),
        st.lists(parts, min_size=2, max_size=3).map(tuple).map(Either),
        parts.map(Not),
    ),
    max_leaves=7,
)


def test_the_same_papers_whatever_is_asked(papers) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(trees)
    def same(tree: Node) -> None:
        tree = tree_of(printed(tree))  # in its plain form
        assert by_index(tree) == by_postgresql(tree), printed(tree)

    same()


def test_what_is_hostile_is_answered_by_both_or_pointed_at(papers) -> None:
    known = set(Paper.objects.values_list("pk", flat=True))
    for text in QUESTIONS:
        try:
            tree = tree_of(text)
        except (QueryError, ValueError):
            continue
        assert by_index(tree) <= known, text
        assert set(bm25.best(copies.searcher(), tree, 10).papers) <= known, text
        assert by_postgresql(tree) <= known, text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("emergent", "An emergency"),  # newer rules of English keep these apart
        ("organs", "An organized body"),
        ("encoder", "An encoder/decoder"),  # PostgreSQL takes it for a path
        ("example", "See example.org/papers"),  # and that for an address
    ],
)
def test_where_the_engines_differ_as_the_docs_say(db, data_dir, text: str, words: str) -> None:
    put_in(entry(words))
    build()
    assert by_index(tree_of(text)) != by_postgresql(tree_of(text))
