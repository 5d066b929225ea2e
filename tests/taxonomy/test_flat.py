"""A flat text has the words of its source, and leads back to them."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.taxonomy.flat import flat
from feeds.taxonomy.words import split

PIECES = [
    "Neural",
    "RAG",
    "x",
    "\ufb01ne",
    "e\u0301",
    "\u00e9",
    "\u00bd",
    "\u0130",
    "\u03b2",
    "\u00ad",
    "\u200b",
    " ",
    "\n",
    "\u00a0",
    ".",
    ". ",
    "-",
    "--",
    "\u2011",
    " - ",
    "$",
    "'",
    "\u2019",
    "(",
    "|",
    "/",
    "_",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


@given(TEXTS)
@example("neu\u00adral net\u00adworks, \ufb01ne-\ntuned")
@example("\u0301a\u0301\u00ad\u0301b \u200b c")
def test_its_words_are_those_of_the_source(source: str) -> None:
    words = [word.replace("ς", "σ") for word in split(source).folded]
    assert flat(source).words() == words


@given(TEXTS)
def test_each_word_is_found_again_in_the_source(source: str) -> None:
    text, at, found = flat(source), 0, []
    for word in text.words():
        at = text.folded.index(word, at)
        found.append(text.phrase(at, at + len(word)))
        at += len(word)
    assert found == split(source).parts[1::2]


@given(TEXTS)
def test_one_space_stands_exactly_between_words_of_one_phrase(source: str) -> None:
    text, words = flat(source), split(source)
    joined = [words.joined(index) for index in range(len(words.words) - 1)]
    at, found = 0, []
    for word, following in zip(text.words(), text.words()[1:], strict=False):
        end = text.folded.index(word, at) + len(word)
        at = text.folded.index(following, end)
        found.append(text.folded[end:at] == " ")
        assert found[-1] or "|" in text.folded[end:at]
    assert found == joined


@given(TEXTS)
def test_all_its_forms_are_of_one_length(source: str) -> None:
    text = flat(source)
    assert len(text.cased) == len(text.folded) == len(text.spaced)


@pytest.mark.parametrize(
    "piece", ["a\u00ad", "\u00ad", "a -- ", "'' ", "\ufb01", "$ $", ". .", "\n\n"]
)
def test_hostile_repetition_costs_no_more_than_its_length(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        begun = time.process_time()
        flat(text)
        return time.process_time() - begun

    assert cost(1_000_000) < max(40 * cost(100_000), 4.0)
