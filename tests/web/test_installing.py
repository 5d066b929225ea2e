"""The site as an app: what is told to browsers, and what may be kept on a device."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from tests.factories import entry, put_in
from tests.readers import reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(entry("A paper", id="2604.00001"))


def test_the_manifest_names_icons_that_are_there(client) -> None:
    told = client.get("/manifest.webmanifest")
    assert told["Content-Type"] == "application/manifest+json"
    icons = told.json()["icons"]
    assert {icon["sizes"] for icon in icons} == {"192x192", "512x512"}
    assert [icon.get("purpose") for icon in icons].count("maskable") == 1
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in icons)


def test_the_worker_is_never_kept_and_names_files_that_are_there(client) -> None:
    answer = client.get("/sw.js")
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    site = re.match(r"const SITE = (\{.*\});\n", answer.content.decode())
    assert site
    told = json.loads(site[1])
    assert re.fullmatch(r"[0-9a-f]{12}", told["version"])
    assert all(finders.find(one.removeprefix("/static/")) for one in told["files"])


@pytest.mark.parametrize(
    "address", ["/", "/date/2026-04-24", "/trending", "/?q=paper", "/papers/2604.00001"]
)
def test_a_page_for_everybody_may_be_kept_and_a_readers_own_never(client, address) -> None:
    assert client.get(address)["X-Keep-Offline"] == "yes"
    client.force_login(reader())
    assert "X-Keep-Offline" not in client.get(address)


@pytest.mark.parametrize(
    "address", ["/account/login/", "/nothing", "/livez", "/?sort=best", "/sw.js"]
)
def test_other_pages_are_not_kept(client, address) -> None:
    assert "X-Keep-Offline" not in client.get(address)


def test_the_offline_page_needs_no_reader_and_no_database(client) -> None:
    page = client.get("/offline")
    assert page.status_code == 200
    assert "csrf" not in page.content.decode()
    assert not page.cookies
