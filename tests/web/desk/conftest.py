import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from feeds import tasks
from feeds.models import Run
from tests.factories import digest
from tests.web.document import Element, read


@pytest.fixture
def curator(client, django_user_model) -> Client:
    client.force_login(django_user_model.objects.create_user("curator@example.org", is_staff=True))
    return client


def a_file(content: bytes, name: str = "day.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def give(client: Client, **fields) -> Element:
    """Gives a document; the page that comes of it, which is the preview where it is taken."""
    fields = {"source": "daily"} | fields
    return read(client.post("/desk/add", fields, follow=True))


def given(client: Client, *entries, **fields) -> str:
    """The address at which a document of these entries waits."""
    fields = {"source": "daily", "file": a_file(digest(*entries))} | fields
    answer = client.post("/desk/add", fields)
    assert answer.status_code == 302, read(answer).one("main").text
    return answer["Location"]


def put_in(client: Client, *entries, **fields) -> str:
    """Puts the entries in, and has them read as a worker would; the address of the digest."""
    address = client.post(given(client, *entries, **fields), {"action": "put-in"})["Location"]
    work()
    return address


def work() -> None:
    """What a worker does with the readings that wait."""
    for run_id in Run.objects.unended().order_by("id").values_list("id", flat=True):
        tasks.read_digest(run_id)


def with_a_bad_entry(*entries) -> bytes:
    return json.dumps([*entries, {"nothing": 1}]).encode()
