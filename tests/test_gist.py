"""One sentence of an abstract says what the paper contributes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.gist import LONGEST, gist

TITLE = "Pebble: Sorting Stones by Their Sound"
BEFORE = "Recent years have seen many stones. However, existing sorters remain slow and loud."
AFTER = (
    "It listens to each stone once. Experiments on 3 beaches show that it is twice as fast. "
    "Code is available at https://example.org/pebble."
)
GIVES = "we introduce Pebble, a sorter that tells stones apart by the sound of their fall."


def test_the_sentence_that_says_what_is_new_is_taken() -> None:
    found = gist(TITLE, f"{BEFORE} {GIVES[0].upper()}{GIVES[1:]} {AFTER}")
    assert found == GIVES[0].upper() + GIVES[1:]


@pytest.mark.parametrize(
    "tie",
    [
        "In this paper, ", "In this work ", "To this end, ", "To address these problems, ",
        "Here, ", "Here ", "Contribution: ", "Motivated by this gap, ", "Therefore, ",
        "To overcome this, in this paper, ",
    ],
)  # fmt: skip
def test_words_that_tie_it_to_the_sentence_before_are_left_out(tie: str) -> None:
    assert gist(TITLE, f"{BEFORE} {tie}{GIVES} {AFTER}") == GIVES[0].upper() + GIVES[1:]


@pytest.mark.parametrize(
    "worse",
    [
        "This makes sorting stones by their sound easy for all who walk there by day or night.",
        "It sorts stones by their sound better than all who walk there by day or by night.",
        "Despite this, sorting stones by their sound is often a matter of taste and of age.",
    ],
)
def test_a_sentence_that_leans_on_another_is_not_taken(worse: str) -> None:
    better = "We show how the sorting of stones by sound alone works on beaches of all kinds."
    assert gist("Sorting Stones by Their Sound", f"{worse} {better}") == better
    assert gist("Sorting Stones by Their Sound", f"{better} {worse}") == better


def test_what_stands_nowhere_but_in_the_abstract_is_taken_as_it_is() -> None:
    assert gist("Stones", "It is what it is.") == "It is what it is."
    assert gist("Stones", "") == ""


def test_an_abstract_in_chinese_gives_its_own_sentence_too() -> None:
    assert gist("石", "石头很多。我们提出一种按声音分类石头的方法。实验很好。") == (
        "我们提出一种按声音分类石头的方法。"
    )


def test_a_long_sentence_is_cut_between_words() -> None:
    found = gist(TITLE, f"We introduce {'a great many words and ' * 40}nothing else.")
    assert len(found) <= LONGEST
    assert found.endswith(" …")
    assert not found[:-2].endswith((" ", ","))


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(lambda t: " ".join(t.split()))
wild = st.lists(
    st.sampled_from(
        ["We propose", "in this paper,", "To this end,", "it", "however,", "e.g.", "Fig.", "3.5",
         "x²", "stones", "end.", "Why?", "A.", "Results:", "we", "Here", "这。", "…", "("]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip


@given(lines | wild, lines | wild)
@example("", "a" * 1000)
@example("", "In this paper, " * 50)
@example("", "in this paper, e.g. We propose We propose")
def test_it_is_always_words_of_the_abstract(title: str, abstract: str) -> None:
    found = gist(title, abstract)
    said = found.removesuffix(" …") if found not in abstract else found
    assert said == said.strip()
    assert said[1:] in abstract
    assert said[:1].casefold() in abstract.casefold()
    assert len(found) <= LONGEST
    assert bool(found) == bool(abstract)
    assert gist(title, found) == found


@given(st.text(), st.text())
def test_nothing_is_too_strange_for_it(title: str, abstract: str) -> None:
    assert not re.search(r"^\s|\s$", gist(title, abstract))
