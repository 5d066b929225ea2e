"""The site serves while its index is removed and built anew, and its follower is killed."""

import json
import shutil
from pathlib import Path
from urllib.request import urlopen

import pytest

from drills.served import served
from feeds.search import copies, indexing
from feeds.search.checking import differences
from tests.config.processes import wait_until
from tests.factories import entry, put_in
from tests.search.indexed import build, data_dir
from tests.search.test_index import follows
from tests.vectors.test_embedding import address

__all__ = ["data_dir"]
PATIENCE = 90.0  # seconds, of which a new process takes the most on a busy machine
ASKED = "papers?q=attention&sort=relevance"
NOTICE = "Sorted by date: the index of words is being built."


@pytest.fixture
def web(transactional_db, data_dir: Path, tmp_path: Path):
    put_in(entry("Sparse attention"))
    here = {"DATABASE_URL": address(), "BROADSHEET_DATA": str(data_dir), "KEPT_ANSWERS_MB": "0"}
    with served(tmp_path / "web.log", **here) as found:
        yield found


def answer(web: str) -> tuple[str | None, list[str]]:
    """What the API says of the order, and the titles. Any answer but 200 raises HTTPError."""
    with urlopen(f"{web}/api/v1/{ASKED}", timeout=30) as told:
        found = json.load(told)
    return found["notice"], [paper["title"] for paper in found["papers"]]


def test_who_searches_is_answered_while_the_index_goes_and_comes_again(web, data_dir) -> None:
    index, all_of_it = data_dir / "index", (None, ["Sparse attention"])
    build()
    assert answer(web) == all_of_it
    shutil.rmtree(index)
    assert answer(web) == (NOTICE, ["Sparse attention"])
    with urlopen(f"{web}/?q=attention&sort=relevance", timeout=30) as page:
        assert NOTICE in page.read().decode()
    with follows() as process:
        try:
            wait_until(lambda: answer(web) == all_of_it, PATIENCE)
            shutil.rmtree(index)
            wait_until(lambda: answer(web)[0] == NOTICE or index.exists(), PATIENCE)
            wait_until(lambda: answer(web) == all_of_it, PATIENCE)
        finally:
            process.terminate()
    assert process.returncode == 0
    assert differences().none


def test_a_folder_that_goes_while_a_copy_is_built_is_begun_anew(
    transactional_db, data_dir: Path, monkeypatch
) -> None:
    put_in(entry("Sparse attention"))
    put_over, removed = indexing._put_over, []

    def spoiled(path: Path) -> None:
        if not removed:
            removed.append(path)
            shutil.rmtree(data_dir / "index")
        put_over(path)

    monkeypatch.setattr(indexing, "_put_over", spoiled)
    indexing.follow(0.05, lambda: not removed or copies.current() is None)
    assert removed
    assert differences().none
