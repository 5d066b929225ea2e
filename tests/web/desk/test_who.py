"""The desk is there for staff alone."""

import pytest

from feeds.models import Digest, Proposal
from tests.factories import entry
from tests.factories import put_in as ingested
from tests.web.desk.conftest import a_file

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/desk",
    "/desk/add",
    "/desk/add/1",
    "/desk/add/1/counted",
    "/desk/digests",
    "/desk/digests/{digest}",
    "/desk/digests/{digest}/reading",
    "/desk/digests/{digest}/document",
    "/desk/problems",
    "/desk/sources",
]


@pytest.fixture
def digest_id(db) -> int:
    return ingested(entry()).digest_id


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_asked_to_sign_in(client, digest_id, address) -> None:
    address = address.format(digest=digest_id)
    assert client.get(address)["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_to_a_reader_it_is_not_there(client, digest_id, address, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    assert client.get(address.format(digest=digest_id)).status_code == 404
    assert b'href="/desk"' not in client.get("/").content


def test_nothing_is_taken_from_a_reader(client, digest_id, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    given = {"source": "daily", "file": a_file(b"[]")}
    assert client.post("/desk/add", given).status_code == 404
    for address in (f"/desk/digests/{digest_id}", "/desk/problems", "/desk/sources/1"):
        assert client.post(address).status_code == 404
    assert not Proposal.objects.exists()
    assert Digest.objects.get().runs.count() == 1


def test_a_form_of_another_site_gives_nothing(django_user_model, db) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_user("c@example.org", is_staff=True))
    assert strict.post("/desk/add", {"source": "daily", "text": "[]"}).status_code == 403
    assert not Proposal.objects.exists()


def test_a_curator_finds_it_from_every_page(curator) -> None:
    assert b'href="/desk"' in curator.get("/").content
    assert curator.get("/desk", follow=True).status_code == 200
