import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.accounts.smtp import Sink
from tests.site import site

__all__ = ["site"]
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


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server, and the site told to use it."""
    server = Sink()
    server.start()
    settings.EMAIL_BACKEND = "accounts.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield server
    server.hold.clear()
    server.stop()
