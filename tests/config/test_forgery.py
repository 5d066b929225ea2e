"""What another site has a browser send is refused; who is not signed in needs no token."""

import pytest
from django.test import Client

from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
VOTE = "/papers/2604.00001/vote"


@pytest.fixture(autouse=True)
def _paper(db) -> None:
    put_in(entry(id="2604.00001"))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"Origin": "http://testserver"}, 302),
        ({"Referer": "http://testserver/?period=week"}, 302),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "null", "Referer": "http://testserver/"}, 403),
        ({"Referer": "http://elsewhere.example/?http://testserver/"}, 403),
        ({"Referer": "https://testserver/"}, 403),
        ({"Referer": "http://testserver.elsewhere.example/"}, 403),
        ({"Referer": "http://[testserver/"}, 403),
        ({"Referer": "http://elsewhere.example@testserver/"}, 403),
        ({"Referer": "http://testserver:8080/"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Referer": "http://testserver/", "Sec-Fetch-Site": "same-site"}, 403),
        ({}, 403),
    ],
)
def test_of_a_stranger_the_page_that_sends_has_to_be_ours(told, status) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(VOTE, headers=told).status_code == status


def test_who_is_signed_in_needs_a_token_from_our_own_page_too(django_user_model) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    ours = {"Origin": "http://testserver"}
    assert client.post(VOTE, headers=ours).status_code == 403
    client.get("/")
    token = client.cookies["csrftoken"].value
    sent = client.post(VOTE, {"csrfmiddlewaretoken": token}, headers=ours)
    assert sent.status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_only_what_a_form_can_send_passes_without_a_token(method) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)("/subscribe", headers={"Origin": "http://testserver"})
    assert answer.status_code == 403


def test_another_site_cannot_have_a_browser_sign_in_as_somebody_else() -> None:
    """Else what its reader saves and orders would be the attacker's to read."""
    client = Client(enforce_csrf_checks=True)
    evil = {"Origin": "http://elsewhere.example"}
    for path in ("/account/login/", "/account/login/code/confirm/", "/account/2fa/authenticate/"):
        assert client.post(path, {"code": "1"}, headers=evil).status_code == 403


@pytest.mark.parametrize("path", ["/", "/trending", "/papers/2604.00001"])
def test_a_page_for_everybody_has_no_token_and_can_be_asked_for_again(path) -> None:
    client = Client()
    page = client.get(path)
    assert b"csrfmiddlewaretoken" not in page.content
    assert not page.cookies
    assert page["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(path, headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
