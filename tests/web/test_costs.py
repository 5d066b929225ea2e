"""A page asks the database as often for fifty papers as for two."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import entry, put_in, put_in_many

pytestmark = pytest.mark.django_db


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    "address", ["/", "/week/2026-W17", "/t/diffusion", "/trending?sort=new", "/papers/2604.00123"]
)
def test_the_number_of_queries_does_not_grow(client, django_user_model, address, signed_in) -> None:
    text = "A diffusion model, with quantization."
    if signed_in:
        client.force_login(django_user_model.objects.create_user("reader@example.org"))
    put_in(entry(id="2604.00123", summary=text), entry(summary=text))
    client.get(address)
    with_two = count(client, address)
    put_in_many(48, summary=text)
    assert count(client, address) == with_two <= 36
