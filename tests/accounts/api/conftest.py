"""A person with a confirmed address, and a program of theirs that asks in JSON."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from tests.api.test_acting import Script
from tests.factories import entry, put_in
from tests.people import somebody

ADDRESS = "ada@example.org"


def confirmed(person: int, email: str) -> None:
    EmailAddress.objects.create(user_id=person, email=email, verified=True)


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    cache.clear()
    put_in(entry("On lamps", id="2604.00001"), entry("On bees", id="2604.00002"))


@pytest.fixture
def person(db) -> int:
    made = somebody("Ada")
    confirmed(made, ADDRESS)
    return made


@pytest.fixture
def ada(person) -> Script:
    return Script(person)
