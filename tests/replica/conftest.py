import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from drills.served import served
from tests.config.processes import ROOT, wait_until
from tests.replica.pair import Pair

KEY = "2604.00001"
EMAIL = "reader@example.org"
# What the tests find: two papers, and a reader who is signed in.
FILL = f"""
import django, json
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client
from tests.factories import entry, put_in
from tests.people import somebody
put_in(entry("Altwort", id="{KEY}"), entry("Another", id="2604.00002"))
reader = get_user_model().objects.get(pk=somebody("Ada"))
reader.email = "{EMAIL}"
reader.save()
EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
client = Client()
client.force_login(reader)
print(json.dumps({{name: one.value for name, one in client.cookies.items()}}))
"""


@pytest.fixture(scope="session")
def pair() -> Iterator[Pair]:
    made = Pair()
    yield made
    made.end()


@pytest.fixture(scope="session")
def cookies(pair: Pair) -> dict[str, str]:
    """Those of a reader who is signed in."""
    done = subprocess.run(
        [sys.executable, "-c", FILL],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": pair.primary.url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    pair.follow()
    return json.loads(done.stdout) | {"csrftoken": "a" * 32}


@pytest.fixture
def _empty_cache() -> None:
    """The reader stays signed in from one test to the next."""


def site_on(pair: Pair, log: Path, lag: int) -> Iterator[str]:
    with served(
        log,
        DATABASE_URL=pair.primary.url,
        READ_DATABASE_URLS=pair.replica.url,
        READ_LAG_SECONDS=str(lag),
    ) as address:
        yield address


@pytest.fixture(scope="session")
def patient(pair: Pair, cookies: dict[str, str], tmp_path_factory) -> Iterator[str]:
    """The address of a site that reads a replica however far that is behind."""
    yield from site_on(pair, tmp_path_factory.mktemp("patient") / "web.log", lag=3600)


@pytest.fixture(scope="session")
def strict(pair: Pair, cookies: dict[str, str], tmp_path_factory) -> Iterator[str]:
    """The address of a site that reads a replica unless it is a second behind."""
    yield from site_on(pair, tmp_path_factory.mktemp("strict") / "web.log", lag=1)


_TOLD: list[tuple[str, str]] = []


@pytest.fixture
def told() -> Callable[[str, str], None]:
    """Notes what was found, for the table at the end."""
    return lambda what, found: _TOLD.append((what, found))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, found in _TOLD:
        terminalreporter.write_line(f"{what:<50} {found}")


def is_read(address: str) -> bool:
    return httpx2.get(f"{address}/readyz", timeout=20).json().get("replicas") == "ok"


@pytest.fixture
def named(pair: Pair) -> Callable[[str], None]:
    """Gives the first paper another title, on the primary."""

    def name(title: str) -> None:
        pair.primary.ask(
            "UPDATE feeds_paper SET title = %s, title_text = %s, title_html = %s WHERE key = %s",
            *[title] * 3,
            KEY,
        )

    return name


@pytest.fixture
def paused(pair: Pair, patient: str, named: Callable[[str], None]) -> Iterator[str]:
    """The patient site, whose replica shows "Altwort" while the primary says "Neuwort"."""
    named("Altwort")
    wait_until(lambda: is_read(patient))
    pair.pause()
    named("Neuwort")
    yield patient
    pair.resume()
