"""Every scope of a key over every operation of the API."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey
from tests.people import somebody

pytestmark = pytest.mark.django_db
# What changes what everybody reads takes the scope of curators; all else that changes is writing.
CURATING = {"give_tag", "deny_tag", "undo_tag", "put_digest_in"}
READING = ("get", "head")


def operations() -> list[tuple[str, str, str]]:
    """The method, address and name of each."""
    described = Client().get("/api/v1/schema").json()
    return [
        (
            method,
            re.sub(r"\{\w*(id)?\w*\}", lambda name: "1" if name[1] else "none", path),
            told["operationId"],
        )
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    ]


def needed(method: str, name: str) -> str:
    if method in READING:
        return "read"
    return "curate" if name in CURATING else "write"


def refused(secret: str, method: str, path: str) -> bool:
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    answer = getattr(client, method)(
        path, data=None if method == "get" else json.dumps({}), content_type="application/json"
    )
    assert answer.status_code < 500
    return b"This key may not" in answer.content


def test_a_key_does_what_its_scopes_allow_and_nothing_else() -> None:
    every, now = operations(), timezone.now()
    assert {name for _, _, name in every} >= CURATING
    for scopes in ({"read"}, {"read", "write"}, {"read", "curate"}, {"read", "write", "curate"}):
        secret = keys.make(somebody(is_staff=True), "A script", scopes, now)
        wrong = [
            (name, sorted(scopes))
            for method, path, name in every
            if refused(secret, method, path) == (needed(method, name) in scopes)
        ]
        assert wrong == []


def test_a_key_tells_what_it_may_do() -> None:
    secret = keys.make(somebody("Ada"), "A script", {"write"}, timezone.now(), days=3)
    told: Any = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/me").json()
    row = ApiKey.objects.get()
    assert (told["name"], told["key"]["scopes"]) == ("Ada", ["read", "write"])
    assert (told["key"]["name"], told["key"]["begins"]) == ("A script", row.prefix)
    assert secret not in str(told)
