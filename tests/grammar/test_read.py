"""What can be asked in words, and how a slip is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.grammar import All, Either, Field, GrammarError, Node, Not, Phrase, Word, leaves, read
from feeds.grammar import printed as print_tree
from feeds.grammar.read import DEEPEST, MOST_FIELDS, MOST_LEAVES
from tests.grammar.trees import trees

A, B, C = Word("a"), Word("b"), Word("c")


@given(trees)
def test_a_printed_question_reads_back_as_itself(tree: Node) -> None:
    assert read(print_tree(tree)) == tree


@given(st.text(max_size=80) | st.text('ab() "-:.OR', max_size=60))
def test_any_text_is_a_question_or_a_slip_within_it(text: str) -> None:
    try:
        tree = read(text)
    except GrammarError as slip:
        assert 0 <= slip.position <= len(text)
        assert str(slip)
        assert slip.expected
    else:
        assert read(print_tree(tree)) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", All((A, B))),
        ("a AND b", All((A, B))),
        ("a b OR c", Either((All((A, B)), C))),
        ("a (b OR c)", All((A, Either((B, C))))),
        ("a -b", All((A, Not(B)))),
        ("a NOT b", All((A, Not(B)))),
        ("-(a b)", Not(All((A, B)))),
        ("--a", A),
        ("a or b", All((A, Word("or"), B))),
        ("a - b", All((A, Word("-"), B))),
        ("state-of-the-art", Word("state-of-the-art")),
        ('"a  b"', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ('author:"Kaiming He"', Field("author", "Kaiming He")),
        ("Author:he", Field("author", "he")),
        ("tag:cs.CL", Field("tag", "cs-cl")),
        ('tag:"Mixture of Experts"', Field("tag", "mixture-of-experts")),
        ("year:2023..2025", Field("year", "2023..2025")),
        ("year:2023-2025", Field("year", "2023..2025")),
        ("year:..2020", Field("year", "..2020")),
        ("id:arXiv:2404.01234v2", Field("id", "2404.01234")),
        ("has:code", Field("has", "code")),
        ("CLIP:Score", Word("CLIP:Score")),
        ("(id:10.1016/S0140-6736(20)30183-5)", Field("id", "10.1016/s0140-6736(20)30183-5")),
    ],
)
def test_a_question_means(text: str, tree: Node) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2404.01234", "2404.01234"),
        ("https://arxiv.org/pdf/2404.01234v3", "2404.01234"),
        ("https://huggingface.co/papers/2404.01234", "2404.01234"),
        ("10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
        ("https://doi.org/10.1145/3292500", "10.1145/3292500"),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
    ],
)
def test_an_id_or_address_asks_for_that_paper(text: str, name: str) -> None:
    assert read(text) == Field("id", name)


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("sparse (attention", 7, "a “)” after it"),
        ("sparse) attention", 6, "a “(” before it"),
        ('sparse "attention', 7, "a second one"),
        ("sparse OR", 9, "a word"),
        ("OR sparse", 0, "a word"),
        ("a OR OR b", 5, "a word"),
        ("()", 1, "a word"),
        ('""', 0, "words for a phrase"),
        ("a author:", 2, "a name"),
        ("a year:20", 7, "a year"),
        ("year:2025..2023", 5, "a year"),
        ("has:data", 4, "has:code"),
        ("tag:<x>", 4, "tag:diffusion"),
        ("(" * 50 + "a", DEEPEST, "fewer"),
        ("a " * 410, 2 * MOST_LEAVES, "fewer words"),
        ("tag:a " * 30, 6 * MOST_FIELDS, "fewer fields"),
    ],
)
def test_a_slip_is_shown_where_it_is(text: str, position: int, expected: str) -> None:
    with pytest.raises(GrammarError) as slip:
        read(text)
    assert slip.value.position == position
    assert expected in slip.value.expected


def test_what_is_excluded_is_not_what_a_match_owes_itself_to() -> None:
    tree = read("a -(b OR -c)")
    assert list(leaves(tree)) == [A]
    assert list(leaves(tree, denied=True)) == [A, B, C]
