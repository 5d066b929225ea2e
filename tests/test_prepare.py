import pytest

from feeds.prepare import EXCERPT_LENGTH, excerpt

LONG = "and so on, with a great many words that say little, " * 6


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Short.", "Short."),
        (f"One sentence. Another one. Then it goes on {LONG}", "One sentence. Another one."),
        (f"As J. Doe et al. Found, e.g. Here, it is so. It goes on {LONG}",
         "As J. Doe et al. Found, e.g. Here, it is so."),
        (f"It costs 0.5 of it. It goes on {LONG}", "It costs 0.5 of it."),
    ],
)  # fmt: skip
def test_an_excerpt_is_the_first_whole_sentences(text: str, beginning: str) -> None:
    assert excerpt(text) == beginning


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    cut = excerpt(LONG)
    assert len(cut) <= EXCERPT_LENGTH + 2
    assert cut.endswith(" …")
    assert LONG.startswith(cut[:-2])
    assert LONG[len(cut) - 2] in " ,"


def test_one_endless_word_is_cut_too() -> None:
    assert len(excerpt("x" * 10_000)) == EXCERPT_LENGTH + 2
