"""An index of a test's own."""

from pathlib import Path

import pytest

from feeds.search import indexing


@pytest.fixture
def data_dir(settings, tmp_path: Path) -> Path:
    """The data directory of this test alone, without an index."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def build() -> None:
    with indexing.alone():
        indexing.build()


def follow() -> indexing.Follower:
    """Goes on with the copy that is there, which has to be one."""
    found = indexing.follower()
    assert found is not None
    return found
