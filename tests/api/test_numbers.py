"""Where the address takes a number it takes one number."""

import pytest
from django.test import Client

from feeds import collecting
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", ["", "0x1", "-1", "1&{name}=", "1&{name}=2", "false", "9" * 30])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v1/papers", "limit"),
        ("/api/papers", "limit"),
        ("/api/daily_papers", "p"),
        ("/api/v1/papers/2604.00001/comments", "cursor"),
        ("/api/v1/digests", "before"),
        ("/api/v1/subscriptions", "before"),
        ("/api/v1/collections/{slug}/papers", "from"),
    ],
)
def test_anything_else_is_refused_and_named(path, name, wrong, django_user_model) -> None:
    put_in(entry(id="2604.00001"))
    client = Client()
    curator = django_user_model.objects.create_user("curator@example.org", is_staff=True)
    client.force_login(curator)
    slug = collecting.make(collecting.Words("Sparse attention"), curator.pk)
    here = path.format(slug=slug)
    assert client.get(here).status_code == 200
    refused = client.get(f"{here}?{name}={wrong.format(name=name)}")
    assert refused.status_code == 400
    assert f'"{name} ' in refused.content.decode()
