"""Digests put in by the API: whatever their format, by curators of the site, with a report."""

import gzip

import pytest
from django.test import Client
from django.utils import timezone

from accounts import keys
from feeds.desk import readings
from feeds.models import Digest, Paper, Run
from tests.api.holding import hold
from tests.factories import digest, entry
from tests.people import somebody

pytestmark = pytest.mark.django_db
PATH = "/api/v1/digests?source=Daily&day=2026-04-24"
BIBTEX = b"@article{a, title={On bees}, author={Ada Lovelace}, doi={10.1145/1}, year={2026}}"


@pytest.fixture
def script(db) -> Client:
    secret = keys.make(somebody(is_staff=True), "A script", {"curate"}, timezone.now())
    return Client(headers={"Authorization": f"Bearer {secret}"})


def put(script: Client, body: bytes, path: str = PATH, kind: str = "application/octet-stream"):
    return script.post(path, body, content_type=kind)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (digest(entry(id="2604.00001")), "application/json"),
        (gzip.compress(digest(entry(id="2604.00001"))), "application/gzip"),
        (BIBTEX, "application/x-www-form-urlencoded"),
    ],
)
def test_a_digest_of_any_format_is_put_in_and_reported(script, body, kind) -> None:
    answer = put(script, body, kind=kind)
    assert answer.status_code == 202
    hold(answer, "post", "digests")
    for run in readings.waiting(timezone.now()):
        readings.perform(run, timezone.now())
    report = script.get(answer["Location"])
    hold(report, "get", "digests/{digest_id}")
    told = report.json()
    assert (told["source"], told["date"], told["put_aside"]) == ("daily", "2026-04-24", [])
    assert (told["reading"]["state"], told["reading"]["new"]) == ("done", 1)
    assert Paper.objects.count() == 1
    listed = script.get("/api/v1/digests").json()["digests"]
    assert [one["id"] for one in listed] == [told["id"]]


def test_the_same_document_is_kept_once(script) -> None:
    document = digest(entry(id="2604.00001"))
    first, second = put(script, document), put(script, document)
    assert first["Location"] == second["Location"]
    assert (Digest.objects.count(), Run.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/api/v1/digests", b"x", "source"),
        ("/api/v1/digests?source=%21", b"x", "source"),
        (f"{PATH}&parser=none", b"x", "parser"),
        ("/api/v1/digests?source=daily&day=2026-W17", b"x", "day"),
    ],
)
def test_a_wrong_term_is_named(script, path, body, field) -> None:
    answer = put(script, body, path)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Digest.objects.exists()


@pytest.mark.parametrize("body", [b"", b"\x00\x01\x02"])
def test_what_is_no_digest_is_refused(script, body) -> None:
    answer = put(script, body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "body")
    assert not Digest.objects.exists()


def test_a_document_that_is_too_long_is_refused(script, settings) -> None:
    settings.UPLOAD_LARGEST = 1000
    assert put(script, b"x" * 1001).status_code == 413
    assert put(script, gzip.compress(b"x" * 100_000)).status_code == 413


def test_digests_are_not_there_for_others() -> None:
    secret = keys.make(somebody(), "A script", {"curate"}, timezone.now())
    script = Client(headers={"Authorization": f"Bearer {secret}"})
    for answer in (put(script, digest(entry())), script.get("/api/v1/digests")):
        assert answer.status_code == 404
