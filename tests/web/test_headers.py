"""Whatever a site in production answers, its headers forbid what it does not use."""

import json
import os
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.config.processes import python

pytestmark = pytest.mark.django_db(transaction=True)
BY_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload"}
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What other sites may show in a page of theirs, or read.
SHARED = {"API", "API, nowhere", "API, not signed in", "card", "feed", "file", "not modified"}
FORBIDDEN = ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


@pytest.fixture
def told() -> dict[str, Any]:
    """What a site tells that has the settings of production."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    production = {
        "DATABASE_URL": database.geturl(), "SITE_URL": "https://papers.example.org",
        "ALLOWED_HOSTS": "papers.example.org,testserver", "BROADSHEET_EMBEDDED": "1",
        "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    process = python("-m", "tests.web.guarded", environment=os.environ | production)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return json.loads(said.splitlines()[-1])


def test_every_answer_in_production_forbids_what_it_does_not_use(told) -> None:
    faults = [
        (name, fault)
        for name, headers in told["answers"].items()
        for fault in missing(name, headers)
    ]
    assert faults == []
    assert len(told["answers"]) > 20
    names = {name.removeprefix("__Host-") for name in told["cookies"]}
    assert names == {"csrftoken", "messages", "show", "language"}
    for name, cookie in told["cookies"].items():
        assert name.startswith("__Host-")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def missing(name: str, headers: dict[str, str]) -> list[str]:
    wanted = WANTED if name.startswith("without TLS") else WANTED | BY_TLS
    policy = headers.get("Content-Security-Policy", "")
    faults = [f"{one}: {headers.get(one)}" for one in wanted if headers.get(one) != wanted[one]]
    faults += [directive for directive in FORBIDDEN if directive not in policy]
    faults += re.findall(r"\S*unsafe\S*|\s\*(?:\s|;|$)", policy)
    shared = "cross-origin" if name in SHARED else "same-origin"
    if headers.get("Cross-Origin-Resource-Policy") != shared:
        faults.append(f"Cross-Origin-Resource-Policy: not {shared}")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    return faults


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("mailto:security@example.org", "Contact: mailto:security@example.org"),
        ("https://example.org/security", "Contact: https://example.org/security"),
    ],
)
def test_security_txt_names_whom_to_tell(client, settings, contact, line) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = contact
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == line
    assert re.fullmatch(r"Expires: \d{4}-\d\d-\d\dT00:00:00Z", lines[1])
