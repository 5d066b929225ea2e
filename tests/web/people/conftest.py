import pytest
from django.test import Client

from tests.sources.conftest import ask, slept

__all__ = ["ask", "slept"]


@pytest.fixture
def as_person(django_user_model):
    """A browser in which somebody of that name has signed in."""

    def signed_in(name: str, **fields) -> Client:
        found = django_user_model.objects.filter(name=name).first()
        address = f"{name.lower()}@example.org"
        user = found or django_user_model.objects.create_user(address, name=name, **fields)
        browser = Client()
        browser.force_login(user)
        return browser

    return signed_in
