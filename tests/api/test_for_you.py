"""One's own order by the API: its papers, what was learned, and less like this."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from feeds.for_you import learning
from tests.factories import entry, put_in
from tests.readers import reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    put_in(
        entry("Wild bees", id="2604.00001", summary="Bees on meadows.", authors=["Ada Apis"]),
        entry("Honey", id="2604.00002", summary="Bees make honey.", authors=["Ed Mel"]),
        *(entry(id=f"2604.100{n}", authors=[f"Other No{n}"]) for n in range(10, 14)),
    )
    user = reader()
    client = Client()
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]
    return client


def send(client, method: str, path: str, **body):
    answer = client.generic(
        method, f"/api/v1/{path}", json.dumps(body), content_type="application/json"
    )
    learning.learn(client.user.pk, timezone.now())
    return answer


def keys(client, path: str = "papers?sort=for_you") -> list[str]:
    return [one["key"] for one in send(client, "GET", path).json()["papers"]]


def test_votes_and_less_like_this_order_the_papers(ada) -> None:
    assert send(ada, "GET", "papers?sort=for_you").json()["note"].startswith("Vote for")
    send(ada, "PUT", "papers/2604.00001/vote")
    first = send(ada, "GET", "papers?sort=for_you").json()["papers"][0]
    assert first["key"] == "2604.00002"
    assert first["note"].startswith("Because of “bees”")
    assert first["score"]["value"] == pytest.approx(
        sum(p["value"] for p in first["score"]["parts"])
    )
    told = send(ada, "PUT", "papers/2604.00002/marks/less").json()
    assert told == {"saved": False, "read": False, "hidden": False, "less": True}
    assert keys(ada)[-1] == "2604.00002"
    assert not send(ada, "DELETE", "papers/2604.00002/marks/less").json()["less"]
    assert keys(ada)[0] == "2604.00002"


def test_what_was_learned_is_told_forgotten_and_switched(ada) -> None:
    assert send(ada, "GET", "me/for-you").json()["state"] == "nothing"
    send(ada, "PUT", "papers/2604.00001/vote")
    told = send(ada, "GET", "me/for-you").json()
    assert told["state"] == "ready"
    assert told["learned_from"] == {"votes": 1}
    assert told["learned"][0]["kind"] == "word"
    assert send(ada, "PATCH", "me/for-you", on=False).json()["state"] == "off"
    assert not keys(ada)
    assert send(ada, "PATCH", "me/for-you", on="maybe").status_code == 400
    send(ada, "PATCH", "me/for-you", on=True)
    assert keys(ada)
    assert send(ada, "DELETE", "me/for-you").json()["state"] == "nothing"
    assert not keys(ada)


def test_nobody_in_particular_gets_a_401(ada) -> None:
    answer = Client().get("/api/v1/papers?sort=for_you")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Sign in to read what is for you."
