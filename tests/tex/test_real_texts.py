"""The TeX that authors really write."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.tex import paragraphs_html, to_html, to_text
from tests.tex.markup import is_harmless

_COMMAND = re.compile(r"\\(emph|textbf|textit|text|alpha|beta|times|frac|sqrt|em|it|url|href)\b")


@pytest.fixture(scope="module")
def texts(real_data: Path) -> list[str]:
    return list(_texts(real_data))


def _texts(folder: Path) -> Iterator[str]:
    with gzip.open(folder / "arxiv_20k.jsonl.gz", "rt") as file:
        for number, row in enumerate(file):
            paper = json.loads(row)
            if number % 2 == 0:
                yield from (
                    text
                    for text in (paper["title"], paper["abstract"])
                    if "\\" in text or "$" in text
                )


def test_real_texts_become_harmless_markup(texts: list[str]) -> None:
    assert len(texts) > 300
    assert [text for text in texts if not is_harmless(paragraphs_html(text))] == []


def test_hardly_any_formula_is_left_as_it_was_typed(texts: list[str]) -> None:
    markup = "".join(map(to_html, texts))
    set_well, as_typed = markup.count("<math "), len(re.findall(r"<code>[^<]*\\", markup))
    assert set_well > 1_000
    assert as_typed < 0.03 * set_well


def test_hardly_any_command_that_is_known_remains(texts: list[str]) -> None:
    left = [text for text in texts if _COMMAND.search(to_text(text))]
    assert len(left) < 0.01 * len(texts)
