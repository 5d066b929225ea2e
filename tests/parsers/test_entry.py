"""Whatever an entry says becomes clean, bounded fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.entry import LONGEST_TITLE, address, entry, line, text
from feeds.records import PaperRecord, Problem
from feeds.tex.clean import one_line, paragraphs, strip_controls

WORDS = st.text(st.sampled_from("ab .\n\t\r\x0b\xa0é\u0301\u200b\u2028") | st.characters())


@given(WORDS)
def test_plain_text_is_cleaned_as_any_other(words: str) -> None:
    cleaned = strip_controls(words)
    assert line(words) == one_line(cleaned)
    assert text(words) == "\n\n".join(map(one_line, paragraphs(cleaned)))


def test_hard_wraps_are_undone_and_blank_lines_kept() -> None:
    assert text("  One\nline.\n\n Two. ") == "One line.\n\nTwo."
    assert line(" One\n  line. ") == "One line."


def test_a_title_has_to_be_one() -> None:
    for title in (None, 7, "", " \n "):
        assert entry("item 1", title=title) == Problem("item 1", "it has no title")
    for title in ("—!", "\u200b"):
        assert entry("item 1", title=title) == Problem("item 1", "its title has no letter")
    long = "x" * (LONGEST_TITLE + 1)
    assert entry("item 1", title=long) == Problem("item 1", "its title is 1,001 characters long")
    endless = "x " * 500_000
    assert isinstance(entry("item 1", title=endless), Problem)
    assert isinstance(entry("item 1", title="x" * LONGEST_TITLE), PaperRecord)


def test_a_longest_abstract_takes_no_time() -> None:
    record = entry("item 1", title="A", abstract="a" + " " * 49_000 + "b", summary=" \n" * 90_000)
    assert isinstance(record, PaperRecord)
    assert (record.abstract, record.summary) == ("a b", "")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\ufeff", "\u200b", "\0", "\ud800", " "])
def test_an_address_with_a_sign_that_no_one_sees_is_none(sign: str) -> None:
    assert address("https://example.org/a/page") == "https://example.org/a/page"
    assert address(f"https://example.org/a{sign}/page") == ""
