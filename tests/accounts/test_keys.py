"""Keys of the API: what they open, to whom, and for how long."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import keys
from accounts.models import ApiKey
from feeds import collecting
from feeds.collecting import Words
from feeds.models import Vote
from tests.factories import entry, put_in
from tests.people import somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
VOTE = "/api/v1/papers/2604.00001/vote"


@pytest.fixture
def ada(db) -> int:
    put_in(entry(id="2604.00001"))
    person = somebody("Ada")
    EmailAddress.objects.create(
        user_id=person, email=f"ada{person}@example.org", verified=True, primary=True
    )
    return person


def made(person: int, *scopes: str, **given) -> str:
    return keys.make(person, "A script", scopes or ("read",), timezone.now(), **given)


def asking(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)


def test_a_secret_is_long_random_and_kept_nowhere(ada) -> None:
    first, second = made(ada), made(ada)
    assert first != second
    assert len(first) - len(keys.BEGINS) >= 160 / 6
    row = ApiKey.objects.values().order_by("id").first()
    assert row
    assert first[keys.SHOWN :] not in str(row)
    assert first.encode() not in bytes(row["digest"])


def test_a_key_reads_as_its_person(ada) -> None:
    slug = collecting.make(Words("Mine", "", "private"), ada)
    address = f"/api/v1/papers?in={slug}"
    assert Client().get(address).status_code == 404
    answer = asking(made(ada)).get(address)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    assert "Authorization" in answer["Vary"]
    assert asking(made(somebody())).get(address).status_code == 404


def test_a_key_does_what_it_was_made_for_and_no_more(ada) -> None:
    refused = asking(made(ada, "read")).put(VOTE)
    assert (refused.status_code, refused.json()["detail"]) == (403, "This key may not write.")
    assert not Vote.objects.exists()
    answer = asking(made(ada, "write")).put(VOTE)
    assert (answer.status_code, answer.json()["voted"]) == (200, True)
    assert asking(made(ada, "curate")).get(VOTE.removesuffix("/vote")).json()["voted"]


@pytest.mark.parametrize("end", ["revoked", "expired", "closed", "wrong"])
def test_a_key_that_is_over_opens_nothing(ada, end) -> None:
    secret = made(ada, "write", days=30)
    now = timezone.now()
    if end == "revoked":
        assert keys.revoke(ada, ApiKey.objects.get().pk, now)
    elif end == "expired":
        ApiKey.objects.update(expires_at=now - timedelta(seconds=1))
    elif end == "closed":
        get_user_model().objects.update(is_active=False)
    else:
        secret = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    for answer in (asking(secret).get("/api/v1/papers"), asking(secret).put(VOTE)):
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"]
    assert not keys.of_person(ada, now) or end in ("closed", "wrong")


def test_only_its_person_revokes_a_key(ada) -> None:
    secret = made(ada)
    other = Client()
    other.force_login(get_user_model().objects.get(pk=somebody()))
    other.post(f"/account/keys/{ApiKey.objects.get().pk}/revoke")
    assert asking(secret).get("/api/v1/papers").status_code == 200


def test_a_token_that_is_somebody_elses_is_not_looked_at(ada) -> None:
    for token in ("hf_something", "eyJhbGciOi.x.y", "é"):
        assert asking(token).get("/api/daily_papers").status_code == 200


def test_the_last_use_is_written_once_an_hour(ada) -> None:
    secret = made(ada)
    now = timezone.now()
    assert keys.key_of(secret, now)
    assert keys.key_of(secret, now + timedelta(minutes=5))
    assert ApiKey.objects.get().used_at == now
    assert keys.key_of(secret, now + timedelta(hours=2))
    assert ApiKey.objects.get().used_at == now + timedelta(hours=2)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": " "}, "name"),
        ({"scopes": ()}, "may do"),
        ({"scopes": ("all",)}, "'all' is none"),
        ({"days": 0}, "1 to 366"),
        ({"days": 400}, "1 to 366"),
    ],
)
def test_a_key_that_cannot_be_made_is_told(ada, given, says) -> None:
    asked = {"name": "A script", "scopes": ("read",), "days": None} | given
    with pytest.raises(keys.CannotMake, match=says):
        keys.make(ada, asked["name"], asked["scopes"], timezone.now(), days=asked["days"])


def test_a_person_has_so_many_keys_at_most(ada) -> None:
    ApiKey.objects.bulk_create(
        ApiKey(user_id=ada, name="x", prefix="x", digest=bytes([number] * 32), scopes=["read"])
        for number in range(keys.MOST_KEYS)
    )
    with pytest.raises(keys.CannotMake, match="Revoke one"):
        made(ada)


def test_a_key_is_made_shown_once_and_revoked_on_its_page(ada) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=ada))
    fields = {"name": "My notebook", "scopes": ["read"], "days": "90"}
    answer = client.post("/account/keys", fields)
    assert "no-store" in answer["Cache-Control"]
    secret = read(answer).one("input", id="secret")["value"]
    assert asking(secret).get("/api/v1/papers").status_code == 200
    again = read(client.get("/account/keys"))
    assert secret not in again.text
    assert "My notebook" in again.text
    assert client.post(f"/account/keys/{ApiKey.objects.get().pk}/revoke").status_code == 302
    assert asking(secret).get("/api/v1/papers").status_code == 401
    assert "You have none." in read(client.get("/account/keys")).text


def test_a_form_that_lacks_something_says_so(ada) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=ada))
    answer = client.post("/account/keys", {"name": "", "days": "7"})
    assert answer.status_code == 400
    assert len(read(answer).all("ul", class_="errorlist")) == 3
    assert not ApiKey.objects.exists()


def test_a_stranger_signs_in_first(client) -> None:
    assert client.get("/account/keys")["Location"].startswith("/account/login/")


class Wild(TestCase):
    @given(st.text(max_size=80))
    def test_no_other_text_is_a_key(self, text: str) -> None:
        assert keys.key_of(text, timezone.now()) is None
        assert keys.key_of(keys.BEGINS + text, timezone.now()) is None
