"""Whatever stands in the box is answered, or refused with the place of the slip."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from benchmarks.hostile import PLACES, QUESTIONS, asked
from tests.factories import entry, put_in
from tests.search.indexed import build, data_dir

__all__ = ["data_dir"]
_MARK = re.compile(r'<p class="slip"[^>]*>[^<]*<mark>')


@pytest.fixture
def papers(db, data_dir: Path) -> None:
    put_in(entry("Sparse attention", summary="The model of a word."), entry("Graphs"))
    build()


def test_hostile_questions_are_answered_or_pointed_at(client, papers) -> None:
    assert len(QUESTIONS) > 150
    for text in QUESTIONS:
        page, api = (client.get(path + asked(text)) for path in PLACES.values())
        assert page.status_code == api.status_code, ascii(text)
        assert page.status_code in (200, 400), ascii(text)
        if page.status_code == 400:
            (error,) = json.loads(api.content)["errors"]
            assert 0 <= error["position"] <= len(error["given"]), ascii(text)
            assert error["expected"], ascii(text)
            assert _MARK.search(page.content.decode()), ascii(text)


def test_bytes_that_are_no_text_are_answered(client, papers) -> None:
    for path in PLACES.values():
        assert client.get(f"{path}{quote(bytes(range(128, 256)))}").status_code in (200, 400)
