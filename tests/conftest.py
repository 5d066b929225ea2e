import os
from pathlib import Path

import pytest
from django.core.cache import cache

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real digests; a clone without it skips the tests that need one."""
    folder = Path(os.environ.get("BROADSHEET_REAL_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder} (BROADSHEET_REAL_DATA names the folder)")
    return folder


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits and sessions of one test are not the next one's."""
    cache.clear()
