"""A browser on a site that runs as it runs for others: web process, worker, a mail server."""

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.accounts.smtp import Sink, free_port
from tests.config.processes import ROOT, wait_until

QUIET = [
    "--no-sandbox",
    "--no-first-run",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-features=Translate,MediaRouter,OptimizationHints",
]
WEB = "granian --interface wsgi --workers 1 --blocking-threads 2 --no-ws --port"
WORKER = (
    "celery --quiet -A config worker --pool threads --concurrency 2 "
    "--without-gossip --without-mingle --without-heartbeat"
)

NewPage = Callable[..., Page]
SLOWEST = 15_000  # milliseconds that a busy machine may take
expect.set_options(timeout=SLOWEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks these tests, and puts them last: their site's worker takes every task from then on."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    # Playwright keeps a loop running in this thread, which Django takes for a coroutine's.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    server = Sink()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def site(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory, sink: Sink
) -> Iterator[str]:
    """The address of a site that runs on the tests' database, its mail going to the sink."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": _test_database(),
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": address,
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "BROADSHEET_EMBEDDED": "on",
    }
    logs = tmp_path_factory.mktemp("site")
    with (
        _running(f"{WEB} {port} config.wsgi:application", environment, logs / "web.log"),
        _running(WORKER, environment, logs / "worker.log"),
    ):
        wait_until(lambda: _answers(f"{address}/readyz"))
        yield address


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens pages that must neither complain nor ask another host for anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def check(request: Request) -> None:
        if not request.url.startswith((site, "data:", "about:")):
            complaints.append(f"asks for {request.url}")

    def open_page(*, width: int = 1280, height: int = 900, **options: object) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(base_url=site, viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(SLOWEST)
        page.on("request", check)
        page.on("pageerror", lambda error: complaints.append(f"breaks: {error}"))
        page.on("console", lambda said: complaints.append(said.text) if _is_grave(said) else None)
        page.on("dialog", lambda dialog: complaints.append(f"opens a dialog: {dialog.message}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def _is_grave(said) -> bool:
    # An answer of 400 to 404, as asked for, is told of in the console too, by browser and htmx.
    expected = ("the server responded with a status of 4", "Response Status Error Code 4")
    return said.type == "error" and not any(words in said.text for words in expected)


@contextmanager
def _running(command: str, environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command.split()],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
        assert process.poll() is None, log.read_text()
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _test_database() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
